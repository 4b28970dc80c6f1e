//! Collects every mistake of one impl, so that all of them are reported at once.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Error;
use syn::spanned::Spanned;

/// The mistakes so far.
#[derive(Default)]
pub(crate) struct Errors {
    all: Option<Error>,
    unless_refused: TokenStream,
}

impl Errors {
    /// A mistake at one place.
    pub(crate) fn push(&mut self, span: Span, message: impl std::fmt::Display) {
        self.add(Error::new(span, message));
    }

    /// A mistake under all of these tokens.
    pub(crate) fn push_at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.add(Error::new_spanned(tokens, message));
    }

    pub(crate) fn add(&mut self, error: Error) {
        match &mut self.all {
            Some(first) => first.combine(error),
            none => *none = Some(error),
        }
    }

    /// A mistake that most likely the compiler shows by itself, and better than we do. It is a lint:
    /// the compiler looks for them last, where it has found nothing wrong, so that code which it
    /// understands and we do not is not passed over in silence.
    pub(crate) fn add_unless_refused(&mut self, error: &Error) {
        let message = format!("`vendor-passthru` cannot read this: {error}");
        self.unless_refused.extend(quote_spanned! {error.span()=>
            #[allow(path_statements)]
            #[deny(unused_must_use)]
            const _: () = {
                #[must_use = #message]
                struct Unreadable;
                Unreadable;
            };
        });
    }

    /// Keeps the mistake, if there is one, and goes on with what is right.
    pub(crate) fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.add(error)).ok()
    }

    /// The author's code first, then what is wrong with it.
    pub(crate) fn after(self, mut output: TokenStream) -> TokenStream {
        output.extend(self.all.map(|error| error.to_compile_error()));
        output.extend(self.unless_refused);
        output
    }
}

/// The attribute that is expanded now, as its author's own tokens: a plain call site would make
/// the compiler add that the error comes out of a macro.
pub(crate) fn this_attribute(item: &impl Spanned) -> Span {
    Span::call_site().resolved_at(item.span())
}
