//! All that generated code may name. Not part of the public API: it changes without notice.

use std::sync::{Arc, Mutex, PoisonError};

pub use crate::arguments::Arguments;
use crate::interface::Interface;
pub use crate::interface::{Extended, InstanceRef};
use crate::metadata::{ArgumentMetadata, Location, MethodMetadata, Target};
pub use crate::metadata::{InterfaceMetadata, Lock};
pub use crate::registry::Registration;
use crate::running::ThreadGuard;
pub use crate::running_call::RunningCall;
pub use crate::signature::{
    Argument, AttachedValue, DriverContext, ExclusiveTask, ExtendedInterface, Instance, JsonValue,
    MethodError, MethodResult, New, NoValue, Registered, RequestMethod, SentArgument, SharedTask,
    VendorType,
};
use crate::vendor_methods::Prepare;
pub use crate::vendor_methods::{MethodRun, VendorMethod, VendorMethods};
use crate::{Answer, Context, Task, task};
pub use crate::{Error, HttpMethod, VendorInterface};
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
    pub purpose: &'static str,
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
    purpose: "",
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
            purpose: self.purpose,
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
    prepare: Prepare<T>,
) -> VendorMethod<T> {
    VendorMethod { metadata: parts.on(Target::Node(lock)), prepare }
}

/// A driver method with its glue.
#[must_use]
pub const fn driver_method<T>(parts: MethodParts, prepare: Prepare<T>) -> VendorMethod<T> {
    VendorMethod { metadata: parts.on(Target::Driver), prepare }
}

/// The entry that `inventory` collects. `T::instance` runs when a registry is built, not before.
#[must_use]
pub const fn registration<T: VendorMethods<M>, M>() -> Registration {
    Registration {
        metadata: T::METADATA,
        build: || Interface::of::<T, M>(&Arc::new(T::instance())),
    }
}

/// A node method that has its arguments begins: is validated, takes its worker, has its task.
///
/// # Errors
///
/// What validation found, and that no worker is free.
pub async fn start<T: VendorType, L>(interface: &T, call: RunningCall) -> Result<Task<L>, Error> {
    let task = task::validating(call)?;
    interface.validate(&task, task::call(&task)).await?;
    task::started(task)
}

/// The same of a driver method.
///
/// # Errors
///
/// What validation found, and that no worker is free.
pub async fn start_driver<T: VendorType>(interface: &T, call: &RunningCall) -> Result<(), Error> {
    interface.driver_validate(call.context(), call.call()).await?;
    call.start_driver()
}

/// Who calls a driver method.
#[must_use]
pub fn context(call: &RunningCall) -> &Context {
    call.context()
}

/// A plain `fn` of a node, from its start on, on the blocking pool.
pub fn blocking_node_run<T: VendorType, L: 'static>(
    interface: InstanceRef<T>,
    call: RunningCall,
    method: impl FnOnce(&T, &mut Task<L>) -> Result<Answer, Error> + Send + 'static,
) -> MethodRun {
    Box::pin(async move {
        let mut task = start(&*interface, call).await?;
        blocking(task::thread(&task), move || method(&interface, &mut task)).await
    })
}

/// The same of a driver.
pub fn blocking_driver_run<T: VendorType>(
    interface: InstanceRef<T>,
    call: RunningCall,
    method: impl FnOnce(&T, &Context) -> Result<Answer, Error> + Send + 'static,
) -> MethodRun {
    Box::pin(async move {
        start_driver(&*interface, &call).await?;
        let context = call.context().clone();
        blocking(call.thread(), move || method(&interface, &context)).await
    })
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
