//! Changes of tokens at random, and tokens at random.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::Index;

/// One change in one of the lists of tokens, that of the input or one inside a group.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    list: Index,
    at: Index,
    change: Change,
}

#[derive(Clone, Debug)]
enum Change {
    Delete,
    Double,
    SwapWithNext,
    Insert(Index),
    Replace(Index),
    /// Another kind of brackets around a group; a group without any is one that a macro by
    /// example passed on.
    Delimit(Delimiter),
    Unwrap,
    Wrap(Delimiter, Index),
    /// All that comes after is not typed yet.
    Truncate,
}

pub(super) fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    let change = prop_oneof![
        Just(Change::Delete),
        Just(Change::Double),
        Just(Change::SwapWithNext),
        index().prop_map(Change::Insert),
        index().prop_map(Change::Replace),
        delimiter().prop_map(Change::Delimit),
        Just(Change::Unwrap),
        (delimiter(), index()).prop_map(|(delimiter, end)| Change::Wrap(delimiter, end)),
        Just(Change::Truncate),
    ];
    (index(), index(), change).prop_map(|(list, at, change)| Edit { list, at, change })
}

fn delimiter() -> impl Strategy<Value = Delimiter> {
    prop_oneof![
        Just(Delimiter::Parenthesis),
        Just(Delimiter::Bracket),
        Just(Delimiter::Brace),
        Just(Delimiter::None),
    ]
}

pub(super) fn edited(tokens: TokenStream, edits: &[Edit], pool: &[TokenStream]) -> TokenStream {
    edits.iter().fold(tokens, |tokens, edit| {
        let mut list = edit.list.index(lists(&tokens));
        edit_list(tokens, &mut list, &|tokens| edit.apply(tokens, pool))
    })
}

/// How many lists of tokens there are, itself included.
fn lists(tokens: &TokenStream) -> usize {
    let inner = tokens.clone().into_iter().map(|token| match token {
        TokenTree::Group(group) => lists(&group.stream()),
        _ => 0,
    });
    inner.sum::<usize>() + 1
}

/// Changes the list of this number, counted as they begin.
fn edit_list(
    tokens: TokenStream,
    list: &mut usize,
    change: &dyn Fn(Vec<TokenTree>) -> Vec<TokenTree>,
) -> TokenStream {
    let is_this = *list == 0;
    *list = list.wrapping_sub(1);
    if is_this {
        return change(tokens.into_iter().collect()).into_iter().collect();
    }
    let tokens = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => {
            let stream = edit_list(group.stream(), list, change);
            grouped(&group, group.delimiter(), stream)
        }
        other => other,
    });
    tokens.collect()
}

/// A group in place of this one.
fn grouped(old: &Group, delimiter: Delimiter, stream: TokenStream) -> TokenTree {
    let mut group = Group::new(delimiter, stream);
    group.set_span(old.span());
    group.into()
}

impl Edit {
    fn apply(&self, mut tokens: Vec<TokenTree>, pool: &[TokenStream]) -> Vec<TokenTree> {
        let at = self.at.index(tokens.len() + 1);
        if let Change::Insert(token) = &self.change {
            tokens.splice(at..at, token.get(pool).clone());
            return tokens;
        }
        let Some(there) = tokens.get(at).cloned() else { return tokens };
        match &self.change {
            Change::Insert(token) | Change::Replace(token) => {
                tokens.splice(at..=at, token.get(pool).clone());
            }
            Change::Delete => drop(tokens.remove(at)),
            Change::Double => tokens.insert(at, there),
            Change::SwapWithNext if at + 1 < tokens.len() => tokens.swap(at, at + 1),
            Change::SwapWithNext => {}
            Change::Delimit(delimiter) => {
                if let TokenTree::Group(group) = there {
                    tokens[at] = grouped(&group, *delimiter, group.stream());
                }
            }
            Change::Unwrap => {
                if let TokenTree::Group(group) = there {
                    tokens.splice(at..=at, group.stream());
                }
            }
            Change::Wrap(delimiter, end) => {
                let end = at + end.index(tokens.len() - at) + 1;
                let inner: TokenStream = tokens.drain(at..end).collect();
                tokens.insert(at, Group::new(*delimiter, inner).into());
            }
            Change::Truncate => tokens.truncate(at),
        }
        tokens
    }
}

/// Random tokens and groups.
#[derive(Clone, Debug)]
pub(super) enum Soup {
    Token(Index),
    Group(Delimiter, Vec<Soup>),
}

pub(super) fn soup() -> impl Strategy<Value = Vec<Soup>> {
    let token = any::<Index>().prop_map(Soup::Token);
    let token = token.prop_recursive(4, 64, 8, |soup| {
        (delimiter(), vec(soup, 0..8)).prop_map(|(delimiter, soup)| Soup::Group(delimiter, soup))
    });
    vec(token, 0..24)
}

pub(super) fn cooked(soup: &[Soup], pool: &[TokenStream]) -> TokenStream {
    let tokens = soup.iter().map(|token| match token {
        Soup::Token(token) => token.get(pool).clone(),
        Soup::Group(delimiter, soup) => {
            TokenTree::from(Group::new(*delimiter, cooked(soup, pool))).into()
        }
    });
    tokens.collect()
}
