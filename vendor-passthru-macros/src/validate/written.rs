//! What can be told of a type by the way it is written. What it is, only the compiler knows; this
//! finds what no type of that writing can be.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Lifetime, Type, TypeReference};

use crate::ours;

/// Whether the last word of its path is this.
pub(super) fn is_named(ty: &Type, name: &str) -> bool {
    let Type::Path(path) = bare(ty) else { return false };
    ours::last_segment(&path.path).as_deref() == Some(name)
}

/// What a reference refers to.
pub(super) fn referred(ty: &Type) -> Option<&Type> {
    reference(ty).map(|reference| &*reference.elem)
}

/// The type as a reference.
pub(super) fn reference(ty: &Type) -> Option<&TypeReference> {
    match bare(ty) {
        Type::Reference(reference) => Some(reference),
        _ => None,
    }
}

/// Whether it is `'static`.
pub(super) fn is_static(lifetime: &Lifetime) -> bool {
    lifetime.ident == "static"
}

/// Whether it is one of the types that exist behind a pointer alone.
pub(super) fn is_unsized(ty: &Type) -> bool {
    match bare(ty) {
        Type::Slice(_) | Type::TraitObject(_) => true,
        Type::Path(path) => path.path.is_ident("str"),
        _ => false,
    }
}

/// Whether this word stands anywhere in it.
pub(super) fn mentions(ty: &Type, word: &str) -> bool {
    any(ty.to_token_stream(), &|token, _| is_word(Some(token), word))
}

/// The type without what macros by example and parentheses put around it.
pub(super) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}

/// Whether a reference, or a lifetime other than `'static`, stands anywhere in it.
pub(crate) fn borrows(ty: &Type) -> bool {
    any(ty.to_token_stream(), &|token, next| match token {
        TokenTree::Punct(mark) if mark.as_char() == '&' => true,
        TokenTree::Punct(mark) if mark.as_char() == '\'' => !is_word(next, "static"),
        _ => false,
    })
}

/// Whether `impl Trait` stands anywhere in it.
pub(crate) fn is_generic(ty: &Type) -> bool {
    mentions(ty, "impl")
}

/// Whether the value `self` stands anywhere in it, and not the module of `self::name`.
pub(super) fn uses_self(expression: &TokenStream) -> bool {
    let is_path = |next: Option<&TokenTree>| matches!(next, Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    any(expression.clone(), &|token, next| is_word(Some(token), "self") && !is_path(next))
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

/// Whether it holds of any token, seen together with the next one.
fn any(tokens: TokenStream, holds: &impl Fn(&TokenTree, Option<&TokenTree>) -> bool) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let inside = matches!(&token, TokenTree::Group(group) if any(group.stream(), holds));
        if inside || holds(&token, tokens.peek()) {
            return true;
        }
    }
    false
}
