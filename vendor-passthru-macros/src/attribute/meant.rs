//! What was meant by a value that is wrong.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::LitStr;

/// Whether it is `=`, and not the beginning of `==` or `=>`.
pub(super) fn is_assignment(token: &TokenTree, value: &TokenStream) -> bool {
    let next = value.clone().into_iter().next();
    mark(token) == Some('=') && !matches!(next.as_ref().and_then(mark), Some('=' | '>'))
}

fn mark(token: &TokenTree) -> Option<char> {
    match token {
        TokenTree::Punct(mark) => Some(mark.as_char()),
        _ => None,
    }
}

/// Whether it has a text in single quotes, which the compiler has refused by itself.
pub(super) fn was_refused(value: TokenStream) -> bool {
    value.into_iter().any(|token| match token {
        TokenTree::Group(group) => was_refused(group.stream()),
        TokenTree::Literal(literal) => {
            let text = literal.to_string();
            text.starts_with('\'') && !text.contains('\\') && text.chars().count() > "'c'".len()
        }
        _ => false,
    })
}

/// Whether it was meant as `false`, in whatever language.
pub(super) fn says_no(value: &TokenStream) -> bool {
    let text = value.to_string().to_lowercase();
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    ["false", "no", "off", "0", "none"].contains(&word)
}

/// The texts in it, each in quotes: `"a, b"` was probably meant as two.
pub(crate) fn list(value: TokenStream) -> Option<Vec<String>> {
    let text: LitStr = syn::parse2(value).ok()?;
    let text = text.value();
    let separators = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '/');
    let words = text.split(separators).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(|word| format!("\"{word}\"")).collect();
    (!words.is_empty()).then_some(words)
}

pub(super) fn is_bracketed(value: &TokenStream) -> bool {
    let mut tokens = value.clone().into_iter();
    let first = tokens.next();
    let is_list =
        |token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
    first.is_some_and(is_list) && tokens.next().is_none()
}
