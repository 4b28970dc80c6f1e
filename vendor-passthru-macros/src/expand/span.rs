//! Where the compiler shows what is wrong with generated code: under the author's tokens.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;

/// The same code, shown under all of the author's tokens, as if it had been written there: the
/// compiler underlines an expression from its first token to its last. What is between stays
/// generated, so that no lint of the author's crate looks at the path, which has three words or more.
pub(super) fn across(author: &impl ToTokens, code: TokenStream) -> TokenStream {
    let author: Vec<TokenTree> = author.to_token_stream().into_iter().collect();
    let (Some(first), Some(last)) = (author.first(), author.last()) else { return code };
    let mut code: Vec<TokenTree> = code.into_iter().collect();
    if let Some(start) = code.first_mut() {
        start.set_span(first.span());
    }
    if let Some(end) = code.last_mut() {
        end.set_span(last.span());
    }
    code.into_iter().collect()
}

/// The same of a call, whose arguments stay where they are.
pub(super) fn call_across(
    author: &impl ToTokens,
    function: TokenStream,
    arguments: TokenStream,
) -> TokenStream {
    let mut call = across(author, function);
    let mut arguments = TokenTree::from(Group::new(Delimiter::Parenthesis, arguments));
    if let Some(last) = author.to_token_stream().into_iter().last() {
        arguments.set_span(last.span());
    }
    call.extend([arguments]);
    call
}

/// The author's name in generated code: no lint of the author's crate applies to its use there.
pub(super) fn named(author: &Ident) -> Ident {
    let mut name = author.clone();
    name.set_span(Span::mixed_site().located_at(author.span()));
    name
}
