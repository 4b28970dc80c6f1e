//! The attribute macros of `vendor-passthru`. Use them through that crate, which documents them
//! on its re-exports and to whose private module the generated code belongs.
//!
//! One impl goes through four stages, a module and a type each: `parse` (what was written),
//! `validate` (every rule, all errors at once), `model` (what is right), `expand` (the output).

mod attribute;
mod errors;
mod expand;
mod model;
mod nearest;
mod ours;
mod parse;
#[cfg(test)]
mod tests;
mod validate;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as TokenStream2;

use crate::errors::{Errors, this_attribute};

/// Registers the annotated methods of an inherent impl as a vendor interface.
///
/// | key | meaning |
/// |---|---|
/// | `name = ".."` | the interface's name, as a node's `vendor_interface` gives it; required |
/// | `drivers = ["..", ..]` | the drivers (hardware types) that support it; required |
/// | `default` | it is the default interface of its drivers, where they have several |
/// | `new = path` | the function that makes the instance; [`Default::default`] otherwise |
/// | `crate = ::path` | where `vendor-passthru` is, if it was renamed or is re-exported |
///
/// The impl stays as it is, without our attributes. One instance of the type, made when a
/// registry is built, serves all calls.
#[proc_macro_attribute]
pub fn vendor_interface(arguments: TokenStream, item: TokenStream) -> TokenStream {
    interface(arguments.into(), item.into()).into()
}

/// Makes a method of a `#[vendor_interface]` impl callable on a node.
///
/// | key | default | meaning |
/// |---|---|---|
/// | `methods = ["POST", ..]` | required | the HTTP verbs: `"GET"`, `"POST"`, `"PUT"`, `"PATCH"`, `"DELETE"` |
/// | `method = ".."` | the function's name | the public name, part of the URL |
/// | `description = ".."` | first paragraph of the doc comment | what it does, for the listing |
/// | `async_call = true` | `true` | answered 202 at once, runs on a worker; `async` is Ironic's older spelling |
/// | `attach = true` | `false` | the value is bytes, sent as they are; needs `async_call = false` |
/// | `call_timeout = Duration::from_secs(5)` | the conductor's | how long its answer is waited for; it runs on after that |
/// | `run_limit = Duration::from_hours(2)` | the conductor's | how long it may run before it is cancelled |
/// | `require_exclusive_lock = false` | `true` | runs on a `&Task<Shared>`, beside other calls |
///
/// The method takes `&self`, its task (`&mut Task`, `&Task` or `&Task<Shared>`) and then its
/// arguments by name. An argument of type `Option<T>` may be absent. `#[arg(name = "..", default,
/// default = .., secret)]` on a parameter renames it, makes it optional, or keeps its value out
/// of every message; `#[args]` takes the whole body as one value; a parameter
/// `http_method: HttpMethod` gets the verb.
#[proc_macro_attribute]
pub fn passthru(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    alone("passthru", item.into()).into()
}

/// Makes a method of a `#[vendor_interface]` impl callable on a driver.
///
/// The keys are those of [`macro@passthru`] without `require_exclusive_lock`: a driver method has
/// no node to lock. The method takes `&self`, `&Context` and then its arguments.
#[proc_macro_attribute]
pub fn driver_passthru(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    alone("driver_passthru", item.into()).into()
}

/// The author's code comes out whatever is wrong with it.
fn interface(arguments: TokenStream2, item: TokenStream2) -> TokenStream2 {
    let mut errors = Errors::default();
    let output = parse::annotated_impl(item, &mut errors).map_or_else(
        |untouched| untouched,
        |parsed| {
            let model = validate::interface(arguments, &parsed, &mut errors);
            expand::interface(&parsed, model.as_ref())
        },
    );
    errors.after(output)
}

/// `#[vendor_interface]` strips these two before they run; where they do run, it is missing.
fn alone(attribute: &str, item: TokenStream2) -> TokenStream2 {
    let mut errors = Errors::default();
    errors.push(this_attribute(&item), validate::alone(attribute, &item));
    errors.after(parse::stripped(item))
}
