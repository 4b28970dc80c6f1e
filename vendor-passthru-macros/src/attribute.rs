//! The keys of an attribute: `methods = ["GET"], async_call = false`.
//! Every key remembers where it stands, and a half-typed one hides no other.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Expr, LitBool, LitStr, Meta, Token};

use crate::errors::Errors;
use crate::nearest::nearest;
use crate::parse::attempt;

/// The keys an attribute takes.
pub(crate) struct Known {
    pub(crate) keys: &'static [&'static str],
    /// Keys of other attributes, each with the sentence that says where it belongs.
    pub(crate) elsewhere: &'static [(&'static str, &'static str)],
}

/// All keys of one attribute, each at most once.
pub(crate) struct Keys {
    /// The whole attribute, for what is missing in it.
    place: TokenStream,
    given: Vec<Key>,
    /// What the unknown and the half-typed keys were probably meant to be.
    meant: Vec<String>,
    /// Whether a part has no name at all, so that it may have been any key.
    unreadable: bool,
}

/// `name`, or `name = value`.
pub(crate) struct Key {
    pub(crate) name: Ident,
    /// The tokens after `=`, or `None` for a bare name.
    value: Option<TokenStream>,
}

impl Keys {
    /// The keys of `#[attribute(..)]`; of `#[attribute]` none.
    pub(crate) fn of(attribute: &Attribute, known: &Known, errors: &mut Errors) -> Self {
        let place = attribute.to_token_stream();
        match &attribute.meta {
            Meta::List(list) => Self::parse(place, list.tokens.clone(), known, errors),
            Meta::Path(_) => Self::parse(place, TokenStream::new(), known, errors),
            Meta::NameValue(pair) => {
                errors.push_at(pair, "the keys stand in parentheses, as in `(key = value)`");
                Self { unreadable: true, ..Self::none(place) }
            }
        }
    }

    pub(crate) fn parse(
        place: TokenStream,
        tokens: TokenStream,
        known: &Known,
        errors: &mut Errors,
    ) -> Self {
        let mut keys = Self::none(place);
        for part in parts.parse2(tokens).unwrap_or_default() {
            keys.add(part, known, errors);
        }
        keys
    }

    fn none(place: TokenStream) -> Self {
        Self { place, given: Vec::new(), meant: Vec::new(), unreadable: false }
    }

    fn add(&mut self, part: Vec<TokenTree>, known: &Known, errors: &mut Errors) {
        let mut tokens = part.into_iter();
        let name = match tokens.next() {
            Some(TokenTree::Ident(name)) => name,
            other => {
                self.unreadable = true;
                errors.push_at(other, "expected `key = value`");
                return;
            }
        };
        let value = match tokens.next() {
            None => None,
            Some(TokenTree::Punct(equals)) if equals.as_char() == '=' => Some(tokens.collect()),
            Some(other) => {
                errors.push(other.span(), format!("expected `=` after `{name}`"));
                self.meant.push(name.to_string());
                return;
            }
        };
        self.add_key(Key { name, value }, known, errors);
    }

    fn add_key(&mut self, key: Key, known: &Known, errors: &mut Errors) {
        let name = key.name.to_string();
        if !known.keys.contains(&name.as_str()) {
            errors.push(key.name.span(), known.unknown(&name));
            self.meant.extend(nearest(&name, known.keys).map(str::to_owned));
        } else if self.get(&name).is_some() {
            errors.push(key.name.span(), format!("`{name}` is given twice"));
        } else {
            self.given.push(key);
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Key> {
        self.given.iter().find(|key| key.name == name)
    }

    /// Whether the key is not there, and nothing that may have been meant to be it.
    pub(crate) fn lacks(&self, name: &str) -> bool {
        self.get(name).is_none() && !self.unreadable && !self.meant.iter().any(|key| key == name)
    }

    /// A mistake of the attribute as a whole.
    pub(crate) fn push(&self, message: impl std::fmt::Display, errors: &mut Errors) {
        errors.push_at(&self.place, message);
    }

    /// `true` or `false`, if the key is there and good.
    pub(crate) fn bool(&self, name: &str, errors: &mut Errors) -> Option<bool> {
        let value: LitBool =
            self.get(name)?.read("`true` or `false`, without quotes", "true", errors)?;
        Some(value.value)
    }

    /// Whether the key is there, alone or as `true`.
    pub(crate) fn flag(&self, name: &str, errors: &mut Errors) -> bool {
        match self.get(name) {
            None => false,
            Some(key) if key.value.is_none() => true,
            Some(_) => self.bool(name, errors).unwrap_or(true),
        }
    }

    /// A text that is not empty, if the key is there and good.
    pub(crate) fn text(&self, name: &str, errors: &mut Errors) -> Option<LitStr> {
        let text: LitStr = self.get(name)?.read("a text in quotes", "\"..\"", errors)?;
        if text.value().is_empty() {
            errors.push(text.span(), format!("`{name}` must not be empty"));
            return None;
        }
        Some(text)
    }
}

impl Key {
    pub(crate) fn value(&self) -> Option<&TokenStream> {
        self.value.as_ref()
    }

    /// The value, if it is what it should be.
    pub(crate) fn read<T: Parse>(
        &self,
        kind: &str,
        example: &str,
        errors: &mut Errors,
    ) -> Option<T> {
        let name = &self.name;
        let value = self.written(example, errors)?;
        let read = syn::parse2(value.clone()).ok();
        if read.is_none() {
            errors.push_at(value, format!("`{name}` is {kind}\nhelp: `{name} = {example}`"));
        }
        read
    }

    /// The value, if there is one.
    pub(crate) fn written(&self, example: &str, errors: &mut Errors) -> Option<&TokenStream> {
        let written = self.value.as_ref().filter(|value| !value.is_empty());
        if written.is_none() {
            let name = &self.name;
            errors.push_at(name, format!("`{name}` needs a value\nhelp: `{name} = {example}`"));
        }
        written
    }
}

impl Known {
    fn unknown(&self, name: &str) -> String {
        if let Some((_, sentence)) = self.elsewhere.iter().find(|(key, _)| *key == name) {
            return (*sentence).to_owned();
        }
        let hint = nearest(name, self.keys).map(|near| format!(", did you mean `{near}`?"));
        let (hint, keys) = (hint.unwrap_or_default(), self.keys.join("`, `"));
        format!("unknown key `{name}`{hint}\nhelp: the keys are `{keys}`")
    }
}

/// The tokens between the commas. A half-typed value ends at the next one.
fn parts(input: ParseStream<'_>) -> syn::Result<Vec<Vec<TokenTree>>> {
    let mut parts = Vec::new();
    while !input.is_empty() {
        let part = part(input)?;
        if !part.is_empty() {
            parts.push(part);
        }
        let _: Option<Token![,]> = input.parse()?;
    }
    Ok(parts)
}

fn part(input: ParseStream<'_>) -> syn::Result<Vec<TokenTree>> {
    let mut part = Vec::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        let before_value = input.peek(Token![=]);
        part.push(input.parse()?);
        if before_value && let Some(value) = attempt(input, whole_value) {
            part.extend(value.into_token_stream());
        }
    }
    Ok(part)
}

/// An expression may have commas of its own: `f::<A, B>()`.
fn whole_value(input: ParseStream<'_>) -> syn::Result<Expr> {
    let value = input.parse()?;
    if input.is_empty() || input.peek(Token![,]) { Ok(value) } else { Err(input.error("")) }
}
