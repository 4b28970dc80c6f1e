//! Where the mistakes of one method go: its name starts each message.

use proc_macro2::Span;
use quote::ToTokens;
use syn::Attribute;
use syn::ext::IdentExt;

use crate::errors::Errors;

/// Errors of one method, whose name starts each message.
pub(super) struct Sink<'a> {
    method: String,
    pub(super) errors: &'a mut Errors,
    pub(super) clean: bool,
}

impl<'a> Sink<'a> {
    pub(super) const NOT_GENERIC: &'static str = "is called with JSON, it cannot be generic";

    pub(super) fn new(written: &syn::Signature, errors: &'a mut Errors) -> Self {
        Self { method: written.ident.unraw().to_string(), errors, clean: true }
    }

    pub(super) fn push(&mut self, span: Span, message: impl std::fmt::Display) {
        self.clean = false;
        self.errors.push(span, format!("`{}` {message}", self.method));
    }

    /// Of what the compiler refuses by itself.
    pub(super) fn push_unless_refused(&mut self, span: Span, message: impl std::fmt::Display) {
        self.clean = false;
        let error = syn::Error::new(span, format!("`{}` {message}", self.method));
        self.errors.add_unless_refused(&error);
    }

    pub(super) fn push_at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.clean = false;
        self.errors.push_at(tokens, format!("`{}` {message}", self.method));
    }

    pub(super) fn meaningless(&mut self, attribute: &Attribute) {
        let message = if attribute.path().is_ident("doc") {
            "has a doc comment here that nobody sees\n\
             help: the listing shows the one of the method; `//` is for readers of the code"
        } else if attribute.path().is_ident("cfg") {
            "has a condition here, and a method has one list of arguments\n\
             help: write the method twice, with `#[cfg(..)]` above each"
        } else {
            "has an attribute here that means nothing\n\
             help: arguments of a vendor method have \
             `#[arg(name = \"..\", default, secret)]` and `#[args]`"
        };
        self.push_at(attribute, message);
    }
}
