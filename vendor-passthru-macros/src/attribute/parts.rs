//! The tokens between the commas of an attribute.

use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Token};

use crate::errors::Errors;
use crate::parse::attempt;

/// Each of the parts. A half-typed value ends at the next one.
pub(super) fn parts(
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> syn::Result<Vec<Vec<TokenTree>>> {
    let mut parts = Vec::new();
    while !input.is_empty() {
        let part = part(input, errors)?;
        if !part.is_empty() {
            parts.push(part);
        }
        let _: Option<Token![,]> = input.parse()?;
    }
    Ok(parts)
}

fn part(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Vec<TokenTree>> {
    let mut part = Vec::new();
    while !at_end_of_part(input) {
        let before_value = input.peek(Token![=]) && part.len() == 1;
        part.push(input.parse()?);
        if before_value && let Some(value) = attempt(input, Expr::parse) {
            part.extend(value.into_token_stream());
            comma(input, errors)?;
            break;
        }
    }
    Ok(part)
}

fn at_end_of_part(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// What comes after a value. Where the comma is missing, the next key is read all the same.
fn comma(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<()> {
    if at_end_of_part(input) {
        return Ok(());
    }
    errors.push(input.span(), "expected `,`");
    let at_key = || input.peek(Ident::peek_any) && input.peek2(Token![=]);
    while !at_end_of_part(input) && !at_key() {
        let _: TokenTree = input.parse()?;
    }
    Ok(())
}
