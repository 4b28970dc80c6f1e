//! All that generated code may name. Not part of the public API: it changes without notice.

use std::pin::Pin;
pub use std::sync::Arc;
use std::sync::{Mutex, PoisonError};

use crate::arguments::Arguments;
pub use crate::interface::Extended;
use crate::interface::Interface;
use crate::metadata::{ArgumentMetadata, Location, MethodMetadata, Target};
pub use crate::metadata::{InterfaceMetadata, Lock};
pub use crate::registry::Registration;
use crate::running::{Running, ThreadGuard};
pub use crate::signature::{
    Argument, AttachedValue, DriverContext, ExclusiveTask, ExtendedInterface, Instance, JsonValue,
    MethodError, MethodResult, New, NoValue, Registered, RequestMethod, SentArgument, SharedTask,
    VendorType,
};
use crate::value::Refused;
use crate::vendor_methods::Handler;
pub use crate::vendor_methods::{DriverRun, NodeRun, VendorMethod, VendorMethods};
use crate::{Answer, Context, Task, Validating, task};
pub use crate::{Call, Error, HttpMethod, VendorInterface};
pub use inventory;
pub use std::boxed::Box;
pub use std::default::Default;
pub use std::marker::Sized;
pub use std::option::Option;
pub use std::result::Result;
pub use std::time::{self, Duration};
pub use std::{file, line};

/// An interface as its attribute gives it.
#[must_use]
pub const fn interface(
    name: &'static str,
    drivers: &'static [&'static str],
    default: bool,
    file: &'static str,
    line: u32,
) -> InterfaceMetadata {
    InterfaceMetadata::new(name, drivers, default, Location::new(file, line))
}

/// An interface without these methods of the one it extends.
#[must_use]
pub const fn removing(
    interface: InterfaceMetadata,
    removes: &'static [&'static str],
) -> InterfaceMetadata {
    interface.removing(removes)
}

/// A method as its attribute gives it, with the keys that change its defaults.
#[derive(Debug)]
pub struct MethodParts {
    pub name: &'static str,
    pub http_methods: &'static [HttpMethod],
    pub async_call: bool,
    pub description: &'static str,
    pub attach: bool,
    pub call_timeout: Option<Duration>,
    pub run_limit: Option<Duration>,
    pub overrides: bool,
    pub arguments: Option<&'static [ArgumentMetadata]>,
}

/// What a method is where its attribute says nothing.
pub const PARTS: MethodParts = MethodParts {
    name: "",
    http_methods: &[],
    async_call: true,
    description: "",
    attach: false,
    call_timeout: None,
    run_limit: None,
    overrides: false,
    arguments: Some(&[]),
};

impl MethodParts {
    const fn on(self, target: Target) -> MethodMetadata {
        MethodMetadata {
            name: self.name,
            http_methods: self.http_methods,
            async_call: self.async_call,
            description: self.description,
            attach: self.attach,
            target,
            call_timeout: self.call_timeout,
            run_limit: self.run_limit,
            overrides: self.overrides,
            arguments: self.arguments,
        }
    }
}

/// An argument as its parameter gives it.
#[must_use]
pub const fn argument(name: &'static str, secret: bool) -> ArgumentMetadata {
    ArgumentMetadata { name, secret }
}

/// A node method with its glue.
#[must_use]
pub const fn node_method<T>(
    parts: MethodParts,
    lock: Lock,
    run: fn(Arc<T>, Call) -> Result<NodeRun, Error>,
) -> VendorMethod<T> {
    VendorMethod { metadata: parts.on(Target::Node(lock)), handler: Handler::Node(run) }
}

/// A driver method with its glue.
#[must_use]
pub const fn driver_method<T>(
    parts: MethodParts,
    run: fn(Arc<T>, Call) -> Result<DriverRun, Error>,
) -> VendorMethod<T> {
    VendorMethod { metadata: parts.on(Target::Driver), handler: Handler::Driver(run) }
}

/// The entry that `inventory` collects. `T::instance` runs when a registry is built, not before.
#[must_use]
pub const fn registration<T: VendorMethods<M>, M>() -> Registration {
    Registration {
        metadata: T::METADATA,
        build: || Interface::of::<T, M>(&Arc::new(T::instance())),
    }
}

/// Ends the taking of arguments.
///
/// # Errors
///
/// All that was wrong with any.
pub fn finish(arguments: Arguments<'_>) -> Result<(), Error> {
    Ok(arguments.finish()?)
}

/// What glue would return if it used an argument that was refused. `finish` comes before.
///
/// # Errors
///
/// Always.
pub fn refused<R>() -> Result<R, Error> {
    Err(Refused.into())
}

/// The future of an author's `async fn`, which borrows the instance and what it was started on.
pub type BoxFuture<'a, R> = Pin<Box<dyn Future<Output = R> + Send + 'a>>;

/// A node method that has its arguments: validates, starts, runs.
pub fn node_run<T: VendorType, L: 'static, R: 'static, V: 'static, E: 'static>(
    interface: Arc<T>,
    call: Call,
    method: impl for<'a> FnOnce(&'a T, &'a mut Task<L>) -> BoxFuture<'a, R> + Send + 'static,
    convert: Convert<R, V, E>,
) -> NodeRun {
    Box::new(move |task| {
        Box::pin(async move {
            let mut task = start(&*interface, task, &call).await?;
            answer(method(&interface, &mut task).await, convert)
        })
    })
}

/// The same of a plain `fn`, on the blocking pool.
pub fn blocking_node_run<T: VendorType, L: 'static>(
    interface: Arc<T>,
    call: Call,
    method: impl FnOnce(&T, &mut Task<L>) -> Result<Answer, Error> + Send + 'static,
) -> NodeRun {
    Box::new(move |task| {
        Box::pin(async move {
            let mut task = start(&*interface, task, &call).await?;
            blocking(task::thread(&task), move || method(&interface, &mut task)).await
        })
    })
}

async fn start<T: VendorType, L>(
    interface: &T,
    task: Task<Validating>,
    call: &Call,
) -> Result<Task<L>, Error> {
    interface.validate(&task, call).await?;
    task::started(task)
}

/// A driver method that has its arguments: validates, starts, runs.
pub fn driver_run<T: VendorType, R: 'static, V: 'static, E: 'static>(
    interface: Arc<T>,
    call: Call,
    method: impl for<'a> FnOnce(&'a T, &'a Context) -> BoxFuture<'a, R> + Send + 'static,
    convert: Convert<R, V, E>,
) -> DriverRun {
    Box::new(move |running| {
        Box::pin(async move {
            let context = start_driver(&*interface, &running, &call).await?;
            answer(method(&interface, context).await, convert)
        })
    })
}

/// The same of a plain `fn`, on the blocking pool.
pub fn blocking_driver_run<T: VendorType>(
    interface: Arc<T>,
    call: Call,
    method: impl FnOnce(&T, &Context) -> Result<Answer, Error> + Send + 'static,
) -> DriverRun {
    Box::new(move |running| {
        Box::pin(async move {
            let context = start_driver(&*interface, &running, &call).await?.clone();
            blocking(running.thread(), move || method(&interface, &context)).await
        })
    })
}

async fn start_driver<'a, T: VendorType>(
    interface: &T,
    running: &'a Running,
    call: &Call,
) -> Result<&'a Context, Error> {
    interface.driver_validate(running.context(), call).await?;
    running.start_driver()?;
    Ok(running.context())
}

/// Runs a plain `fn` on the blocking pool. A panic in it goes on in the caller. Dropped, it runs on
/// if its thread has begun, else it never will.
async fn blocking<T: Send + 'static>(
    thread: ThreadGuard,
    method: impl FnOnce() -> T + Send + 'static,
) -> T {
    let span = tracing::Span::current();
    let dispatch = tracing::dispatcher::get_default(Clone::clone);
    let method = move || {
        let _until_it_ends = thread;
        tracing::dispatcher::with_default(&dispatch, || span.in_scope(method))
    };
    let unbegun = Unbegun(Arc::new(Mutex::new(Some(method))));
    let begin = Arc::clone(&unbegun.0);
    let run = move || take_out(&begin).map(|method| method());
    match tokio::task::spawn_blocking(run).await {
        Ok(Some(value)) => value,
        Err(failed) if failed.is_panic() => std::panic::resume_unwind(failed.into_panic()),
        // The runtime is going away, and this future with it.
        _ => std::future::pending().await,
    }
}

/// What waits for a thread. Dropped, it waits no longer; tokio itself would keep it until a thread
/// is free to forget it.
struct Unbegun<F>(Arc<Mutex<Option<F>>>);

impl<F> Drop for Unbegun<F> {
    fn drop(&mut self) {
        drop(take_out(&self.0));
    }
}

fn take_out<F>(unbegun: &Mutex<Option<F>>) -> Option<F> {
    unbegun.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// What a method was started on, as its first parameter wants it.
pub fn lend<S, P>(started: S, of: fn(S) -> P) -> P {
    of(started)
}

/// What makes an answer of what a method returns.
pub struct Convert<R, V, E> {
    pub result: fn(R) -> Result<V, E>,
    pub value: fn(V) -> Result<Answer, Error>,
    pub error: fn(E) -> Error,
}

/// Of what is an answer already.
pub const ANSWERED: Convert<Result<Answer, Error>, Answer, Error> =
    Convert { result: |result| result, value: Ok, error: |error| error };

/// The answer to a call that ran.
///
/// # Errors
///
/// The method's own, or that its value cannot be written.
#[expect(clippy::needless_pass_by_value, reason = "generated code has no use for it after this")]
pub fn answer<R, V, E>(returned: R, convert: Convert<R, V, E>) -> Result<Answer, Error> {
    let Convert { result, value, error } = convert;
    result(returned).map_err(error).and_then(value)
}
