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
/// The page of [`VendorInterface`] has impls to read first; this is the reference.
///
/// # Grammar
///
/// ```text
/// attribute = "#[vendor_interface(" key { "," key } [ "," ] ")]"  inherent-impl
/// key       = "name"    "=" text
///           | "drivers" "=" texts
///           | "default" [ "=" bool ]
///           | "extends" "=" "self" "." field { "." field }
///           | "removes" "=" texts
///           | "new"     "=" path
///           | "crate"   "=" path
/// texts     = "[" text { "," text } [ "," ] "]"
/// text      = a string in quotes, not blank
/// ```
///
/// # Keys
///
/// In any order, each at most once. `name` and `drivers` are required.
///
/// | key | default | meaning |
/// |---|---|---|
/// | `name` | required | the interface's name, as a node's `vendor_interface` gives it |
/// | `drivers` | required | the drivers (hardware types) that support it, each once |
/// | `default` | `false` | it is the default interface of its drivers; needed where they have several |
/// | `extends` | no other one | its methods are those of another interface too, which the field holds as an `Arc` |
/// | `removes` | none | methods of that interface that this one does not have; only with `extends` |
/// | `new` | `Default::default()` | the function that makes the instance: without parameters, neither `async` nor fallible |
/// | `crate` | `::vendor_passthru` | where the library is, if it was renamed or is re-exported |
///
/// # What must hold
///
/// * The impl is one of a type, not of a trait, and the type is concrete: no parameters, nothing
///   borrowed, no `dyn`.
/// * The type implements [`VendorInterface`], is `Send + Sync + 'static`, and has a `Default`
///   where there is no `new`. One instance, made when a registry is built, serves all calls.
/// * At least one method has [`#[passthru]`](macro@passthru) or
///   [`#[driver_passthru]`](macro@driver_passthru). Both have to be in scope, as the prelude brings
///   them.
/// * No two node methods have one public name, and no two driver methods; a node method and a
///   driver method may. Of those under a `#[cfg(..)]` only the registry knows which are there: it is
///   refused where several are.
///
/// # What may be
///
/// * Anything else that an inherent impl may have: methods without an attribute, constants, and
///   each of the methods with any visibility.
/// * `#[cfg(..)]` on the impl and on its methods, and other attribute macros on them, such as
///   `tracing::instrument`.
/// * Several impls of one type under this attribute: each is an interface of its own. They are
///   collected; by the instance alone, as a test or a registry made by hand has it, they cannot be
///   told apart.
/// * An impl that a macro writes as a whole. A macro inside the impl is expanded too late: its
///   methods are not seen.
///
/// # One interface extends another
///
/// With `extends` an interface has the methods of another one beside its own. Which of these it
/// replaces is said with `overrides` on its method, which it does without with `removes`; anything
/// else that meets by accident, the registry refuses when it is built. What is inherited runs on
/// the instance in the field, with that one's `validate`; its properties are those of both. A
/// method of the interface itself, also one that overrides, is validated by its own `validate`
/// alone. An interface extends one other, which may extend one in turn.
///
/// # Limits
///
/// The names of interfaces and drivers may be any text that is not blank; they are compared
/// exactly. An interface called `no-vendor` is refused when the registry is built: every driver has
/// it already. There is no limit to the number of drivers or methods.
///
/// # What is generated
///
/// Your impl stays as you wrote it, but for the keys of our attributes; vendor methods are allowed
/// the lints of clippy that speak against their prescribed shape, and your own levels come after
/// that. A test calls them directly. Beside the impl stands one unnamed constant with
///
/// * an implementation of [`VendorMethods`], whose constants are the metadata of the interface and
///   of its methods;
/// * a function for each method that takes its arguments out of the request's body, has the call
///   validated, and runs yours;
/// * one registration by `inventory`, which is constant data: nothing of yours runs before a
///   registry is built.
///
/// It names nothing but the library, so a driver depends on `vendor-passthru` and on what it uses
/// itself. Where something is wrong, the impl comes out all the same, and all mistakes of it are
/// reported together: [keys], [places], [types].
///
/// [keys]: ../vendor_passthru/_compiler_errors/index.html#keys-of-an-attribute
/// [places]: ../vendor_passthru/_compiler_errors/index.html#where-an-attribute-stands
/// [types]: ../vendor_passthru/_compiler_errors/index.html#types-of-arguments-values-errors-and-state
/// [`VendorInterface`]: ../vendor_passthru/trait.VendorInterface.html
/// [`VendorMethods`]: ../vendor_passthru/trait.VendorMethods.html
#[proc_macro_attribute]
pub fn vendor_interface(arguments: TokenStream, item: TokenStream) -> TokenStream {
    guarded(&item.into(), |item| interface(arguments.into(), item)).into()
}

/// Makes a method of a `#[vendor_interface]` impl callable on a node.
///
/// The page of [`signature`] has a method of each form; this is the reference.
///
/// # Grammar
///
/// ```text
/// attribute = "#[passthru(" key { "," key } [ "," ] ")]"  method
/// key       = "methods"                "=" "[" verb { "," verb } [ "," ] "]"
///           | "method"                 "=" text
///           | "description"            "=" text
///           | ( "async_call" | "async" ) "=" bool
///           | "attach"                 "=" bool
///           | "call_timeout"           "=" constant
///           | "run_limit"              "=" constant
///           | "overrides"            [ "=" bool ]
///           | "require_exclusive_lock" "=" bool
/// verb      = "\"GET\"" | "\"POST\"" | "\"PUT\"" | "\"PATCH\"" | "\"DELETE\""
/// text      = a string in quotes, not blank
/// constant  = an expression of type Duration, known at compile time
///
/// method    = [ visibility ] [ "async" ] "fn" name
///             "(" "&self" "," task { "," parameter } [ "," ] ")" "->" result  block
/// task      = pattern ":" ( "&mut Task" | "&Task" | "&Task<Shared>" )
/// parameter = [ "#[arg(" argkey { "," argkey } [ "," ] ")]" ] name ":" type
///           | "#[args]" pattern ":" type
///           | "http_method" ":" "HttpMethod"
/// argkey    = "name"    "=" text
///           | "default" [ "=" expression ]
///           | "secret"  [ "=" bool ]
/// ```
///
/// # Keys
///
/// In any order, each at most once. `methods` is required.
///
/// | key | default | meaning |
/// |---|---|---|
/// | `methods` | required | the HTTP verbs, in upper case, each once |
/// | `method` | the function's name | the public name, part of the URL |
/// | `description` | first paragraph of the doc comment | what it does, for the listing; instead of a doc comment, not beside it |
/// | `async_call` | `true` | answered 202 at once, runs on a worker; `async` is Ironic's older spelling |
/// | `attach` | `false` | the value is bytes, sent as they are; needs `async_call = false` |
/// | `call_timeout` | the conductor's (60 s) | how long its answer is waited for; it runs on after that |
/// | `run_limit` | the conductor's (1 h) | how long it may run before it is cancelled |
/// | `overrides` | `false` | takes the place of the method of this name of the interface that is extended; only under `extends` |
/// | `require_exclusive_lock` | `true` | `false`: runs on a `&Task<Shared>`, beside other calls |
///
/// # Signature
///
/// * **Function**: an `async fn` runs on the runtime, and its future is `Send`. A plain `fn` runs
///   on the pool of blocking threads, and its arguments are `Send`. Neither is generic, `const`,
///   `unsafe` or `extern`. Any visibility will do.
/// * **Receiver**: `&self`. State that changes goes into a `Mutex` or an atomic.
/// * **Task**: right after it. `&mut Task` or `&Task` under the exclusive lock, `&Task<Shared>`
///   with `require_exclusive_lock = false`.
/// * **Arguments**: each by its parameter's name, without leading underscores and without `r#`. The
///   type is any that serde deserializes and that owns what it holds. What is wrong, missing or
///   unknown is answered with 400 before the node is locked; an argument of type `Option<T>` may be
///   absent.
/// * **`http_method`**: a parameter of this name is a `HttpMethod` and gets the verb of the
///   request. It is no argument.
/// * **Result**: `Result<T, E>`, under whichever alias. `E` converts into [`Error`]. `T` is `()` in
///   an asynchronous method; in a synchronous one it implements `serde::Serialize`, and with
///   `attach = true` it is an [`Attachment`], `Bytes`, `Vec<u8>`, `String` or `&'static str`.
///
/// Other attributes go above the method; on a parameter there is nothing but `#[arg]`, `#[args]`
/// and levels of lints. A method with `#[cfg(..)]` has it beside this attribute: inside of a
/// `cfg_attr` this one would not be seen.
///
/// ## `#[arg(..)]`
///
/// On a parameter, once, with at least one key.
///
/// | key | default | meaning |
/// |---|---|---|
/// | `name` | the parameter's name | the key in the request's JSON object |
/// | `default` | required, unless an `Option` | what an absent argument is: `Default::default()` of its type, or the expression, which is computed in each call that needs it. It sees neither `self` nor other arguments, and cannot wait. A `null` is not absent. |
/// | `secret` | `false` | the value is kept out of every message, log and record |
///
/// ## `#[args]`
///
/// On a parameter, without keys: it is the whole body, as one value such as a struct, or a map for
/// free-form arguments. Beside it there is no other argument, but there may be `http_method`. Which
/// arguments are unknown is the type's to say (`#[serde(deny_unknown_fields)]`).
///
/// # Limits
///
/// * The public name has ASCII letters, digits, `_`, `-` and `.`, is more than dots, and is not
///   `methods`, which is the listing. It may be as long as you like.
/// * The name of an argument is any text that is not blank, once in a method, and not
///   `http_method`.
/// * There is no limit to the number of arguments; clippy has one (`too_many_arguments`), which a
///   struct with `#[args]` keeps.
///
/// # What is generated
///
/// Nothing here: [`#[vendor_interface]`](macro@vendor_interface#what-is-generated) above the impl
/// reads the attribute. Where that is missing, this one says so. What the compiler answers to a
/// mistake: [keys], [places], [signatures], [arguments], [types], [the task].
///
/// [keys]: ../vendor_passthru/_compiler_errors/index.html#keys-of-an-attribute
/// [places]: ../vendor_passthru/_compiler_errors/index.html#where-an-attribute-stands
/// [signatures]: ../vendor_passthru/_compiler_errors/index.html#signatures
/// [arguments]: ../vendor_passthru/_compiler_errors/index.html#arguments
/// [types]: ../vendor_passthru/_compiler_errors/index.html#types-of-arguments-values-errors-and-state
/// [the task]: ../vendor_passthru/_compiler_errors/index.html#the-task
/// [`Attachment`]: ../vendor_passthru/struct.Attachment.html
/// [`Error`]: ../vendor_passthru/enum.Error.html
/// [`signature`]: ../vendor_passthru/signature/index.html
#[proc_macro_attribute]
pub fn passthru(arguments: TokenStream, item: TokenStream) -> TokenStream {
    guarded(&item.into(), |item| alone("passthru", arguments.into(), item)).into()
}

/// Makes a method of a `#[vendor_interface]` impl callable on a driver.
///
/// Grammar, keys and signature are those of [`#[passthru]`](macro@passthru), with two differences:
/// there is no `require_exclusive_lock`, since a driver method has no node to lock, and the first
/// parameter is `&Context` in place of the task.
///
/// ```text
/// attribute = "#[driver_passthru(" key { "," key } [ "," ] ")]"  method
/// key       = as in #[passthru], without require_exclusive_lock
/// method    = [ visibility ] [ "async" ] "fn" name
///             "(" "&self" "," context { "," parameter } [ "," ] ")" "->" result  block
/// context   = pattern ":" "&Context"
/// parameter = as in #[passthru]
/// ```
///
/// An asynchronous driver method that fails has no node to record it on:
/// [`Dispatcher::failures`](../vendor_passthru/struct.Dispatcher.html#method.failures) has it.
///
/// What the compiler answers to a mistake is on the page of [compiler
/// errors](../vendor_passthru/_compiler_errors/index.html).
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
