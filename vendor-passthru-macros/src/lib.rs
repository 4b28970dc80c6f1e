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

use std::panic::{AssertUnwindSafe, catch_unwind};

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
/// | `extends = self.field` | its methods are those of another interface too, which the field holds as an `Arc` |
/// | `removes = ["..", ..]` | methods of that interface that this one does not have |
/// | `new = path` | the function that makes the instance; [`Default::default`] otherwise |
/// | `crate = ::path` | where `vendor-passthru` is, if it was renamed or is re-exported |
///
/// The impl stays as it is; the attributes of its methods are read here and do nothing more. They
/// have to be in scope, as the prelude brings them. One instance of the type, made when a registry
/// is built, serves all calls.
///
/// # One interface extends another
///
/// With `extends` an interface has the methods of another one beside its own. Which of these it
/// replaces is said with `overrides` on its method, which it does without with `removes`; anything
/// else that meets by accident, the registry refuses when it is built. What is inherited runs on the
/// instance in the field, with that one's `validate`; its properties are those of both. A method of
/// the interface itself, also one that overrides, is validated by its own `validate` alone.
#[proc_macro_attribute]
pub fn vendor_interface(arguments: TokenStream, item: TokenStream) -> TokenStream {
    guarded(&item.into(), |item| interface(arguments.into(), item)).into()
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
/// | `overrides` | `false` | takes the place of the method of this name of the interface that is extended |
/// | `require_exclusive_lock = false` | `true` | runs on a `&Task<Shared>`, beside other calls |
///
/// The method takes `&self`, its task (`&mut Task`, `&Task` or `&Task<Shared>`) and then its
/// arguments by name. An argument of type `Option<T>` may be absent. `#[arg(name = "..", default,
/// default = .., secret)]` on a parameter renames it, makes it optional, or keeps its value out
/// of every message; `#[args]` takes the whole body as one value; a parameter
/// `http_method: HttpMethod` gets the verb.
#[proc_macro_attribute]
pub fn passthru(arguments: TokenStream, item: TokenStream) -> TokenStream {
    guarded(&item.into(), |item| alone("passthru", arguments.into(), item)).into()
}

/// Makes a method of a `#[vendor_interface]` impl callable on a driver.
///
/// The keys are those of [`macro@passthru`] without `require_exclusive_lock`: a driver method has
/// no node to lock. The method takes `&self`, `&Context` and then its arguments.
#[proc_macro_attribute]
pub fn driver_passthru(arguments: TokenStream, item: TokenStream) -> TokenStream {
    guarded(&item.into(), |item| alone("driver_passthru", arguments.into(), item)).into()
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

/// `#[vendor_interface]` leaves these two as a mark alone, which does nothing, so that an editor
/// finds what they are and an import of them is used. Where they have their keys, it is missing.
fn alone(attribute: &str, arguments: TokenStream2, item: TokenStream2) -> TokenStream2 {
    if ours::is_mark(arguments) {
        return item;
    }
    let mut errors = Errors::default();
    errors.push(this_attribute(&item), validate::alone(attribute, &item));
    errors.after(parse::stripped(item))
}

/// A defect of ours costs its author neither the item nor an answer.
fn guarded(item: &TokenStream2, expand: impl FnOnce(TokenStream2) -> TokenStream2) -> TokenStream2 {
    let expand = AssertUnwindSafe(|| expand(item.clone()));
    catch_unwind(expand).unwrap_or_else(|_| {
        let mut errors = Errors::default();
        errors.push(this_attribute(item), REPORT);
        let unread = AssertUnwindSafe(|| parse::unread(item.clone()));
        errors.after(catch_unwind(unread).unwrap_or_else(|_| item.clone()))
    })
}

const REPORT: &str = "`vendor-passthru` has a defect: its attribute macro panicked\n\
                      help: please report it, with this item";
