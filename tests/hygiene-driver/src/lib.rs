//! A driver without a prelude, whose own items are called as the standard library's and ours.
//! Generated code compiles beside them all.

#![no_implicit_prelude]
#![expect(dead_code, unused_macros, reason = "to be in the way")]

mod std {}
mod core {}
mod alloc {}
mod vendor_passthru {}
mod inventory {}
mod renamed {}

struct Option;
struct Some;
struct None;
struct Result;
struct Ok;
struct Err;
struct Box;
struct String;
struct Vec;
struct Arc;
struct Duration;
struct Send;
struct Sync;
struct Error;
struct Task;
struct Context;
struct HttpMethod;
struct InterfaceMetadata;
struct Lock;
struct Shared;
struct Exclusive;

trait Default {}
trait From {}
trait Into {}
trait FnOnce {}
trait Future {}
trait IntoFuture {}
trait VendorMethods {}
trait VendorInterface {}

/// Every type has a method of every name that generated code calls.
trait InTheWay: ::core::marker::Sized {
    fn arguments(self) {}
    fn default() {}
    fn finish(self) {}
    fn http_method(self) {}
    fn instance() {}
    fn into_answer(self) {}
}

impl<T> InTheWay for T {}

macro_rules! file {
    ($($any:tt)*) => {
        ::core::compile_error!("not this one")
    };
}

macro_rules! line {
    ($($any:tt)*) => {
        ::core::compile_error!("not this one")
    };
}

/// A vendor interface.
#[derive(::core::fmt::Debug, ::core::default::Default)]
pub struct Vendor;

impl ::renamed::VendorInterface for Vendor {}

#[::renamed::vendor_interface(name = "hygiene", drivers = ["hygiene"], crate = ::renamed)]
impl Vendor {
    #[::renamed::passthru(methods = ["POST"], async_call = false, run_limit = ::std::time::Duration::MAX)]
    async fn node(
        &self,
        _task: &mut ::renamed::Task,
        text: ::std::string::String,
        #[arg(default)] number: u8,
        #[arg(default = 2)] other: u8,
        absent: ::core::option::Option<u8>,
        http_method: ::renamed::HttpMethod,
    ) -> ::renamed::Result<(::std::string::String, u8, ::core::option::Option<u8>, &'static str)>
    {
        ::core::result::Result::Ok((text, number + other, absent, http_method.as_str()))
    }

    #[::renamed::passthru(methods = ["POST"], require_exclusive_lock = false)]
    fn asynchronous(
        &self,
        task: &::renamed::Task<::renamed::Shared>,
        #[args] all: ::std::collections::BTreeMap<::std::string::String, u8>,
    ) -> ::renamed::Result<()> {
        let message = ::std::format!("{self:?} got {:?} on {task:?}", all.into_keys());
        ::core::result::Result::Err(::renamed::Error::InvalidParameterValue(message))
    }

    #[::renamed::driver_passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn driver(
        &self,
        _context: &::renamed::Context,
    ) -> ::renamed::Result<::renamed::Attachment> {
        ::core::result::Result::Ok(::renamed::Attachment::new("log"))
    }
}

/// For those who do not depend on the library themselves.
pub use ::renamed as kit;

/// Makes a vendor interface out of a name.
#[macro_export]
macro_rules! vendor {
    ($vendor:ident, $name:literal) => {
        #[derive(Debug, Default)]
        struct $vendor;

        impl $crate::kit::VendorInterface for $vendor {}

        #[$crate::kit::vendor_interface(name = $name, drivers = [$name], crate = $crate::kit)]
        impl $vendor {
            #[$crate::kit::passthru(methods = ["GET"], async_call = false)]
            async fn answer(
                &self,
                _task: &mut $crate::kit::Task,
                #[arg(default = 1)] number: u8,
            ) -> $crate::kit::Result<u8> {
                Ok(number)
            }

            #[$crate::kit::driver_passthru(methods = ["GET"], async_call = false)]
            fn name(&self, _context: &$crate::kit::Context) -> $crate::kit::Result<&'static str> {
                Ok($name)
            }
        }
    };
}
