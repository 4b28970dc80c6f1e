//! What may stand in the signature of a vendor method: a trait for each place, implemented for all
//! that fits. The compiler names them where something else stands there; nobody calls them.
//!
//! A method of each form; [`#[passthru]`](macro@crate::passthru) has the rules:
//!
//! ```
//! use std::time::Duration;
//!
//! use serde::{Deserialize, Serialize};
//! use serde_json::{Map, Value};
//! use vendor_passthru::prelude::*;
//! # #[derive(Default)]
//! # struct Vendor;
//! # impl VendorInterface for Vendor {}
//!
//! #[derive(Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct Subscription {
//!     destination: String,
//! }
//!
//! #[derive(Serialize)]
//! struct Reading {
//!     celsius: i16,
//! }
//!
//! #[vendor_interface(name = "example", drivers = ["example"])]
//! impl Vendor {
//!     /// Asynchronous: no value. The key in the request is `rawBytes`.
//!     #[passthru(methods = ["POST"])]
//!     async fn send_raw(
//!         &self,
//!         task: &mut Task,
//!         #[arg(name = "rawBytes")] raw_bytes: Vec<u8>,
//!         #[arg(default = 10)] seconds: u16, // 10 where it is absent
//!         #[arg(default)] labels: Vec<String>, // empty where it is absent
//!         user: Option<String>, // may be absent
//!         #[arg(secret)] password: String,
//!     ) -> Result<()> {
//!         task.node_mut().instance_info.insert("user".into(), user.into());
//!         task.save().await
//!     }
//!
//!     /// Synchronous: a value, sent as JSON. Runs beside other calls on the node.
//!     #[passthru(methods = ["GET"], async_call = false, require_exclusive_lock = false)]
//!     async fn sensors(&self, _task: &Task<Shared>) -> Result<Vec<Reading>> {
//!         Ok(vec![Reading { celsius: 21 }])
//!     }
//!
//!     /// The whole body as one value, and the verb.
//!     #[passthru(methods = ["POST", "DELETE"], async_call = false)]
//!     async fn subscription(
//!         &self,
//!         _task: &Task,
//!         #[args] subscription: Subscription,
//!         http_method: HttpMethod,
//!     ) -> Result<bool> {
//!         Ok(http_method == HttpMethod::Post && !subscription.destination.is_empty())
//!     }
//!
//!     /// Bytes with a content type, under a name that is no Rust name.
//!     #[passthru(methods = ["GET"], method = "event-log", async_call = false, attach = true)]
//!     async fn event_log(&self, _task: &mut Task) -> Result<Attachment> {
//!         Ok(Attachment::new("power on\n").with_content_type("text/plain"))
//!     }
//!
//!     /// A plain `fn`, on the pool of blocking threads, which may take longer than others.
//!     #[passthru(methods = ["POST"], run_limit = Duration::from_secs(4 * 3600))]
//!     fn flash(&self, _task: &mut Task, _image: String) -> Result<()> {
//!         Ok(())
//!     }
//!
//!     /// A driver method. Its arguments are whatever the caller sends.
//!     #[driver_passthru(methods = ["POST"], async_call = false)]
//!     async fn echo(
//!         &self,
//!         _context: &Context,
//!         #[args] all: Map<String, Value>,
//!     ) -> Result<Map<String, Value>, VendorPassthruException> {
//!         Ok(all)
//!     }
//! }
//! ```

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::arguments::Arguments;
use crate::interface::Extended;
use crate::running_call::RunningCall;
use crate::value::Refused;
use crate::{
    Answer, Attachment, Context, Error, HttpMethod, Shared, Task, VendorInterface, VendorMethods,
};

/// What lends a node method its task, as `P`: `&mut Task` or `&Task`.
///
/// `P` is a parameter and not `Self`: beside a trait that a mutable reference does not implement,
/// the compiler always advises to borrow it once more.
#[diagnostic::on_unimplemented(
    message = "a node method takes `&mut Task` or `&Task`, not `{P}`",
    label = "not the task of this method",
    note = "a driver method takes `&Context`, a method with `require_exclusive_lock = false` \
            `&Task<Shared>`"
)]
pub trait ExclusiveTask<'a, P> {
    #[doc(hidden)]
    fn of(task: &'a mut Self) -> P;
}

#[diagnostic::do_not_recommend]
impl<'a> ExclusiveTask<'a, &'a mut Self> for Task {
    fn of(task: &'a mut Self) -> &'a mut Self {
        task
    }
}

#[diagnostic::do_not_recommend]
impl<'a> ExclusiveTask<'a, &'a Self> for Task {
    fn of(task: &'a mut Self) -> &'a Self {
        task
    }
}

/// What lends a node method with `require_exclusive_lock = false` its task, as `P`:
/// `&Task<Shared>`.
#[diagnostic::on_unimplemented(
    message = "a method with `require_exclusive_lock = false` takes `&Task<Shared>`, not `{P}`",
    label = "not the task of this method",
    note = "without that key a method takes `&mut Task` or `&Task`"
)]
pub trait SharedTask<'a, P> {
    #[doc(hidden)]
    fn of(task: &'a mut Self) -> P;
}

#[diagnostic::do_not_recommend]
impl<'a> SharedTask<'a, &'a mut Self> for Task<Shared> {
    fn of(task: &'a mut Self) -> &'a mut Self {
        task
    }
}

#[diagnostic::do_not_recommend]
impl<'a> SharedTask<'a, &'a Self> for Task<Shared> {
    fn of(task: &'a mut Self) -> &'a Self {
        task
    }
}

/// The context of a driver method: `&Context`.
#[diagnostic::on_unimplemented(
    message = "a driver method takes `&Context`, not `{Self}`",
    label = "not the context of this method",
    note = "a method with a task is a node method: `#[passthru]`"
)]
pub trait DriverContext<'a> {
    #[doc(hidden)]
    fn of(context: &'a Context) -> Self;
}

#[diagnostic::do_not_recommend]
impl<'a> DriverContext<'a> for &'a Context {
    fn of(context: &'a Context) -> Self {
        context
    }
}

/// An argument: any type that serde reads from JSON and that owns what it holds.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the request",
    label = "an argument is read from JSON",
    note = "derive `serde::Deserialize` for your own types in it",
    note = "for a type of another crate, look for a feature `serde` of that crate"
)]
pub trait Argument: Sized {
    #[doc(hidden)]
    fn take(arguments: &mut Arguments<'_>, name: &'static str) -> Result<Self, Refused>;

    #[doc(hidden)]
    fn take_or(
        arguments: &mut Arguments<'_>,
        name: &'static str,
        default: impl FnOnce() -> Self,
    ) -> Result<Self, Refused>;

    #[doc(hidden)]
    fn take_all(arguments: &mut Arguments<'_>) -> Result<Self, Refused>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + 'static> Argument for T {
    fn take(arguments: &mut Arguments<'_>, name: &'static str) -> Result<Self, Refused> {
        arguments.take(name)
    }

    fn take_or(
        arguments: &mut Arguments<'_>,
        name: &'static str,
        default: impl FnOnce() -> Self,
    ) -> Result<Self, Refused> {
        arguments.take_or(name, default)
    }

    fn take_all(arguments: &mut Arguments<'_>) -> Result<Self, Refused> {
        arguments.take_all()
    }
}

/// An argument of a plain `fn`, which runs on a thread of its own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent between threads safely",
    label = "a plain `fn` runs on a thread of its own, with its arguments",
    note = "all of an argument has to be `Send`, such as an `Arc` in place of an `Rc`"
)]
pub trait SentArgument {
    #[doc(hidden)]
    #[must_use]
    fn sent(self) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Send> SentArgument for T {
    fn sent(self) -> Self {
        self
    }
}

/// The parameter `http_method`: [`HttpMethod`].
#[diagnostic::on_unimplemented(
    message = "`http_method` is the HTTP method of the request, a `HttpMethod`",
    label = "not `HttpMethod`",
    note = "an argument of the method's own needs another name"
)]
pub trait RequestMethod {
    #[doc(hidden)]
    fn of(call: &RunningCall) -> Self;
}

#[diagnostic::do_not_recommend]
impl RequestMethod for HttpMethod {
    fn of(call: &RunningCall) -> Self {
        call.call().http_method()
    }
}

/// What a vendor method returns: a [`Result`].
#[diagnostic::on_unimplemented(
    message = "a vendor method returns `Result<T, E>`, not `{Self}`",
    label = "not a `Result`",
    note = "return `Result<()>`, or `Result<T>` with a value of type `T`; a method that has to wait \
            is an `async fn`"
)]
pub trait MethodResult<T, E> {
    #[doc(hidden)]
    fn result(self) -> Result<T, E>;
}

#[diagnostic::do_not_recommend]
impl<T, E> MethodResult<T, E> for Result<T, E> {
    fn result(self) -> Self {
        self
    }
}

/// The value of a synchronous method: any type that serde writes as JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as JSON",
    label = "the value of a synchronous method is sent as JSON",
    note = "derive `serde::Serialize` for your own types in it",
    note = "add `attach = true` to send an `Attachment` or bytes as they are"
)]
pub trait JsonValue {
    #[doc(hidden)]
    fn answer(self) -> Result<Answer, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> JsonValue for T {
    fn answer(self) -> Result<Answer, Error> {
        Answer::json(&self)
    }
}

/// The value of a method with `attach = true`: [`Attachment`], or bytes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be attached",
    label = "`attach = true` sends bytes as they are",
    note = "what can be attached is `Attachment`, `Vec<u8>`, `Bytes`, `String` and `&'static str`",
    note = "without `attach = true` a value is sent as JSON"
)]
pub trait AttachedValue {
    #[doc(hidden)]
    fn answer(self) -> Result<Answer, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Into<Attachment>> AttachedValue for T {
    fn answer(self) -> Result<Answer, Error> {
        Ok(Answer::Attachment(self.into()))
    }
}

/// The value of an asynchronous method: none.
#[diagnostic::on_unimplemented(
    message = "an asynchronous method has nobody to send `{Self}` to",
    label = "the call is answered before the method runs",
    note = "add `async_call = false` to answer with the value, or return `Result<(), E>`"
)]
pub trait NoValue {
    #[doc(hidden)]
    fn answer(self) -> Result<Answer, Error>;
}

#[diagnostic::do_not_recommend]
impl NoValue for () {
    fn answer(self) -> Result<Answer, Error> {
        Ok(Answer::Accepted)
    }
}

/// The error of a vendor method: any type that converts into [`Error`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no error of a vendor method",
    label = "does not convert into `vendor_passthru::Error`",
    note = "return `VendorPassthruException`, which keeps another error as its source, or \
            `vendor_passthru::Error`",
    note = "for an error type of your own, `impl From<{Self}> for vendor_passthru::Error` does too"
)]
pub trait MethodError {
    #[doc(hidden)]
    fn into_error(self) -> Error;
}

#[diagnostic::do_not_recommend]
impl<E: Into<Error>> MethodError for E {
    fn into_error(self) -> Error {
        self.into()
    }
}

/// What makes the instance of an interface where its attribute has no `new`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be made: it has no `Default`, and its attribute no `new`",
    label = "one instance is made when a registry is built",
    note = "derive `Default` for `{Self}`, or name a function: \
            `#[vendor_interface(.., new = Self::open)]`"
)]
pub trait Instance {
    #[doc(hidden)]
    #[must_use]
    fn instance() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Default> Instance for T {
    fn instance() -> Self {
        Self::default()
    }
}

/// The type of a vendor interface: it implements [`VendorInterface`], and serves several calls at
/// once.
pub trait VendorType: VendorInterface + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: VendorInterface + Send + Sync + 'static> VendorType for T {}

/// A [`VendorType`], said where one is registered.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot serve several calls at once",
    label = "a vendor interface has to be `Send` and `Sync`",
    note = "one instance serves all calls: state that changes goes into a `Mutex` or an atomic",
    note = "what is shared is an `Arc`, and a trait object in it `dyn .. + Send + Sync`"
)]
pub trait Registered {
    #[doc(hidden)]
    const CHECKED: ();
}

#[diagnostic::do_not_recommend]
impl<T: VendorType> Registered for T {
    const CHECKED: () = ();
}

/// What `extends` names: an `Arc` with the vendor interface whose methods are inherited.
#[diagnostic::on_unimplemented(
    message = "`extends` names an `Arc` of a vendor interface, not `{Self}`",
    label = "not an `Arc` of the interface to extend",
    note = "the instance is shared by both: the field is an `Arc` of a type that has an impl under \
            `#[vendor_interface]`"
)]
pub trait ExtendedInterface<M> {
    #[doc(hidden)]
    fn extended(&self) -> Extended;
}

#[diagnostic::do_not_recommend]
impl<T: VendorMethods<M>, M> ExtendedInterface<M> for Arc<T> {
    fn extended(&self) -> Extended {
        Extended::new(self)
    }
}

/// What `new` names: a function without parameters that makes the instance.
#[diagnostic::on_unimplemented(
    message = "`new` is a function without parameters that returns `{T}`",
    label = "`{Self}`",
    note = "it is called when a registry is built: it cannot be `async`, and has nobody to give an \
            error to"
)]
pub trait New<T> {
    #[doc(hidden)]
    fn instance(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T, F: FnOnce() -> T> New<T> for F {
    fn instance(self) -> T {
        self()
    }
}
