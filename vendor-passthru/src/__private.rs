//! All that generated code may name. Not part of the public API: it changes without notice.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use crate::arguments::{Arguments, Refused};
use crate::interface::Interface;
use crate::metadata::{ArgumentMetadata, Location, MethodMetadata, Target};
pub use crate::metadata::{InterfaceMetadata, Lock};
pub use crate::registry::Registration;
use crate::running::ThreadGuard;
use crate::vendor_methods::Handler;
pub use crate::vendor_methods::{DriverRun, NodeRun, VendorMethod, VendorMethods};
pub use crate::{Answer, Call, Context, Error, Exclusive, HttpMethod, Shared, Task};
use crate::{Attachment, VendorInterface};
pub use inventory;
pub use std::default::Default;
pub use std::option::Option;
pub use std::result::Result;
pub use std::time::Duration;
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
    pub arguments: Option<&'static [ArgumentMetadata]>,
}

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
    run: fn(Arc<T>, &Call) -> Result<NodeRun, Error>,
) -> VendorMethod<T> {
    VendorMethod { metadata: parts.on(Target::Node(lock)), handler: Handler::Node(run) }
}

/// A driver method with its glue.
#[must_use]
pub const fn driver_method<T>(
    parts: MethodParts,
    run: fn(Arc<T>, &Call) -> Result<DriverRun, Error>,
) -> VendorMethod<T> {
    VendorMethod { metadata: parts.on(Target::Driver), handler: Handler::Driver(run) }
}

/// The entry that `inventory` collects. `T::instance` runs when a registry is built, not before.
#[must_use]
pub const fn registration<T: VendorMethods<M> + New<M>, M>() -> Registration {
    Registration { metadata: T::METADATA, build: || Interface::of::<T, M>(T::instance()) }
}

/// How the instance of an interface is made. `M` tells several interfaces of one type apart.
pub trait New<M> {
    /// A new instance.
    fn instance() -> Self;
}

/// A node method that has its arguments: validates, starts, runs.
pub fn node_run<T, L, F, R>(interface: Arc<T>, call: &Call, method: F) -> NodeRun
where
    T: VendorInterface,
    L: 'static,
    F: FnOnce(Arc<T>, Task<L>) -> R + Send + 'static,
    R: Future<Output = Result<Answer, Error>> + Send + 'static,
{
    let call = call.clone();
    Box::new(move |task| {
        Box::pin(async move {
            interface.validate(&task, &call).await?;
            method(interface, task.start()?).await
        })
    })
}

/// The same of a plain `fn`, on the blocking pool.
pub fn blocking_node_run<T, L, F>(interface: Arc<T>, call: &Call, method: F) -> NodeRun
where
    T: VendorInterface,
    L: 'static,
    F: FnOnce(Arc<T>, Task<L>) -> Result<Answer, Error> + Send + 'static,
{
    node_run(interface, call, move |interface, task: Task<L>| {
        blocking(task.thread(), move || method(interface, task))
    })
}

/// A driver method that has its arguments: validates, starts, runs.
pub fn driver_run<T, F, R>(interface: Arc<T>, call: &Call, method: F) -> DriverRun
where
    T: VendorInterface,
    F: FnOnce(Arc<T>, Context) -> R + Send + 'static,
    R: Future<Output = Result<Answer, Error>> + Send + 'static,
{
    let call = call.clone();
    Box::new(move |running| {
        Box::pin(async move {
            let context = running.context().clone();
            interface.driver_validate(&context, &call).await?;
            running.start_driver()?;
            method(interface, context).await
        })
    })
}

/// The same of a plain `fn`, on the blocking pool.
pub fn blocking_driver_run<T, F>(interface: Arc<T>, call: &Call, method: F) -> DriverRun
where
    T: VendorInterface,
    F: FnOnce(Arc<T>, Context) -> Result<Answer, Error> + Send + 'static,
{
    let call = call.clone();
    Box::new(move |running| {
        Box::pin(async move {
            let context = running.context().clone();
            interface.driver_validate(&context, &call).await?;
            running.start_driver()?;
            blocking(running.thread(), move || method(interface, context)).await
        })
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

/// Takes one argument by name.
///
/// # Errors
///
/// [`Refused`]; `finish` says why.
pub fn take<T: Argument>(arguments: &mut Arguments<'_>, name: &'static str) -> Result<T, Refused> {
    arguments.take(name)
}

/// Takes one argument by name, or its default.
///
/// # Errors
///
/// [`Refused`]; `finish` says why.
pub fn take_or<T: Argument>(
    arguments: &mut Arguments<'_>,
    name: &'static str,
    default: impl FnOnce() -> T,
) -> Result<T, Refused> {
    arguments.take_or(name, default)
}

/// Takes the whole body.
///
/// # Errors
///
/// [`Refused`]; `finish` says why.
pub fn take_all<T: Argument>(arguments: &mut Arguments<'_>) -> Result<T, Refused> {
    arguments.take_all()
}

/// What an argument is read from.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the request",
    label = "an argument is read from JSON",
    note = "derive `serde::Deserialize` for `{Self}`"
)]
pub trait Argument: DeserializeOwned + Send + 'static {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + Send + 'static> Argument for T {}

/// The result of a synchronous method, as JSON.
#[diagnostic::on_unimplemented(
    message = "a synchronous vendor method returns `Result<T, E>`",
    label = "`T` has to implement `serde::Serialize`, and `E` to convert into `vendor_passthru::Error`"
)]
pub trait SyncResult {
    /// The answer to the call.
    ///
    /// # Errors
    ///
    /// The method's own, or that its value cannot be written as JSON.
    fn into_answer(self) -> Result<Answer, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize, E: Into<Error>> SyncResult for Result<T, E> {
    fn into_answer(self) -> Result<Answer, Error> {
        Answer::json(&self.map_err(Into::into)?)
    }
}

/// The result of a synchronous method with `attach`, as bytes.
#[diagnostic::on_unimplemented(
    message = "a vendor method with `attach = true` returns `Result<T, E>`",
    label = "`T` has to be `Attachment`, `Vec<u8>`, `Bytes`, `String` or `&'static str`, and `E` to convert into `vendor_passthru::Error`"
)]
pub trait AttachResult {
    /// The answer to the call.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn into_answer(self) -> Result<Answer, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Into<Attachment>, E: Into<Error>> AttachResult for Result<T, E> {
    fn into_answer(self) -> Result<Answer, Error> {
        self.map(|value| Answer::Attachment(value.into())).map_err(Into::into)
    }
}

/// The result of an asynchronous method, which has no value.
#[diagnostic::on_unimplemented(
    message = "an asynchronous vendor method returns `Result<(), E>`: a value has nowhere to go",
    label = "write `async_call = false` to answer with a value; `E` has to convert into `vendor_passthru::Error`"
)]
pub trait AsyncResult {
    /// The answer, which nobody reads: the call was answered before it ran.
    ///
    /// # Errors
    ///
    /// The method's own, to be recorded.
    fn into_answer(self) -> Result<Answer, Error>;
}

#[diagnostic::do_not_recommend]
impl<E: Into<Error>> AsyncResult for Result<(), E> {
    fn into_answer(self) -> Result<Answer, Error> {
        self.map(|()| Answer::Accepted).map_err(Into::into)
    }
}
