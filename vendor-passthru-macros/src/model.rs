//! What is right: an interface and its methods after every rule was checked.
//! A [`Method`] cannot be made from a mistake.

use proc_macro2::{Ident, Span};
use syn::{Attribute, Expr, ExprField, ExprPath, Path, Type};

/// A vendor interface. Where its own attribute is wrong, what is missing is empty: then nothing
/// is built, and yet its methods are checked and whoever names the interface finds one.
pub(crate) struct Interface {
    /// Where the library is.
    pub(crate) library: Path,
    pub(crate) name: String,
    pub(crate) drivers: Vec<String>,
    pub(crate) default: bool,
    pub(crate) new: New,
    /// The field with the interface that it extends.
    pub(crate) extends: Option<ExprField>,
    /// The methods of that one that it does not have.
    pub(crate) removes: Vec<String>,
    pub(crate) methods: Vec<Method>,
}

/// What makes the instance.
pub(crate) enum New {
    Default,
    Function(ExprPath),
    /// The key is there, and what it says is wrong.
    Unreadable,
}

/// A vendor method.
pub(crate) struct Method {
    /// The conditions under which it exists.
    pub(crate) cfgs: Vec<Attribute>,
    /// The lints that are allowed on it.
    pub(crate) allowed: Vec<Attribute>,
    pub(crate) function: Ident,
    pub(crate) is_async_fn: bool,
    /// The public name.
    pub(crate) name: String,
    /// Where it was written.
    pub(crate) name_span: Span,
    pub(crate) verbs: Vec<Verb>,
    pub(crate) description: String,
    pub(crate) target: Target,
    pub(crate) mode: Mode,
    /// How long its answer is waited for, a `Duration`.
    pub(crate) call_timeout: Option<Expr>,
    /// How long it may run, a `Duration`.
    pub(crate) run_limit: Option<Expr>,
    /// Whether it takes the place of a method of the interface that its own one extends.
    pub(crate) overrides: bool,
    pub(crate) parameters: Vec<Parameter>,
    /// The type of the task or context, where a wrong one is shown.
    pub(crate) first: Type,
    /// The return type, where a wrong one is shown.
    pub(crate) output: Type,
}

/// An HTTP verb, named as the variant of `HttpMethod`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// What the method acts on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Driver,
    Node { exclusive: bool },
}

impl Target {
    pub(crate) fn is_driver(self) -> bool {
        self == Self::Driver
    }
}

/// How a call is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// 202 at once.
    Asynchronous,
    /// 200 and JSON.
    Synchronous,
    /// 200 and bytes.
    Attach,
}

/// A parameter after the task or context.
pub(crate) enum Parameter {
    Argument(Argument),
    /// `#[args]`: the whole body.
    Whole(Type),
    /// The verb of the request.
    HttpMethod(Type),
}

/// One argument out of the body.
pub(crate) struct Argument {
    /// Its key in the body.
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) default: Default,
    pub(crate) secret: bool,
}

/// What an absent argument is.
pub(crate) enum Default {
    /// What its type makes of nothing: an error, or `None`.
    Required,
    /// `Default::default()`.
    OfType,
    /// An expression of the author's.
    Expression(Expr),
}
