//! The keys of an attribute: `methods = ["GET"], async_call = false`.
//! Every key remembers where it stands, and a half-typed one hides no other.

pub(crate) mod meant;
mod parts;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, ExprArray, LitBool, LitStr, Meta};

use crate::errors::Errors;
use crate::nearest::nearest;

/// The keys an attribute takes.
pub(crate) struct Known {
    pub(crate) keys: &'static [&'static str],
    /// What it may look like between its parentheses.
    pub(crate) example: &'static str,
    /// Other libraries' names of these keys, each with ours.
    pub(crate) aliases: &'static [(&'static str, &'static str)],
    /// Keys of other attributes, with what is said of them.
    pub(crate) elsewhere: &'static [(&'static [&'static str], &'static str)],
}

/// All keys of one attribute, each at most once.
pub(crate) struct Keys {
    /// The whole attribute, for what is missing in it.
    place: TokenStream,
    given: Vec<Key>,
    /// The unknown and the half-typed keys, or what they were probably meant to be.
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
                let example = known.example;
                let message = "the keys stand in parentheses";
                errors.push_at(pair, format!("{message}\nhelp: as in `({example})`"));
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
        let parse = |input: ParseStream<'_>| parts::parts(input, errors);
        let parts = parse.parse2(tokens).unwrap_or_default();
        for part in parts {
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
            Some(TokenTree::Ident(name)) => name.unraw(),
            // Of several the first one says it all.
            _ if self.unreadable => return,
            other => {
                self.unreadable = true;
                let message = format!("expected `key = value`\nhelp: as in `{}`", known.example);
                errors.push_at(other, message);
                return;
            }
        };
        let Some(equals) = tokens.next() else {
            return self.add_key(Key { name, value: None }, known, errors);
        };
        let value: TokenStream = tokens.collect();
        if !meant::is_assignment(&equals, &value) {
            errors.push(equals.span(), format!("expected `=` after `{name}`"));
            self.note(&name.to_string(), known);
        } else if meant::was_refused(value.clone()) {
            self.meant.push(name.to_string());
        } else {
            self.add_key(Key { name, value: Some(value) }, known, errors);
        }
    }

    fn add_key(&mut self, key: Key, known: &Known, errors: &mut Errors) {
        let name = key.name.to_string();
        if !known.keys.contains(&name.as_str()) {
            errors.push(key.name.span(), known.unknown(&name));
            self.note(&name, known);
        } else if self.get(&name).is_some() {
            errors.push(key.name.span(), format!("`{name}` is given twice"));
        } else {
            self.given.push(key);
        }
    }

    /// What may have been meant by a name is not missing.
    fn note(&mut self, name: &str, known: &Known) {
        self.meant.push(known.meant_by(name).unwrap_or(name).to_owned());
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Key> {
        self.given.iter().find(|key| key.name == name)
    }

    /// Whether the key is not there, and nothing that may have been meant to be it.
    pub(crate) fn lacks(&self, name: &str) -> bool {
        let half_typed = self.given.iter().filter(|key| key.value.is_none());
        let half_typed = half_typed.map(|key| key.name.to_string());
        let mut meant = self.meant.iter().cloned().chain(half_typed);
        self.get(name).is_none() && !self.unreadable && !meant.any(|word| name.starts_with(&word))
    }

    /// Whether every part was read: what was meant by others may change everything.
    pub(crate) fn are_read(&self) -> bool {
        self.meant.is_empty() && !self.unreadable
    }

    /// A mistake of the attribute as a whole.
    pub(crate) fn push(&self, message: impl std::fmt::Display, errors: &mut Errors) {
        errors.push_at(&self.place, message);
    }

    /// `true` or `false`, if the key is there and good.
    pub(crate) fn bool(&self, name: &str, errors: &mut Errors) -> Option<bool> {
        let key = self.get(name)?;
        let example = if key.value().is_some_and(meant::says_no) { "false" } else { "true" };
        let value: LitBool = key.read("`true` or `false`, without quotes", example, errors)?;
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
        if text.value().trim().is_empty() {
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

    /// The value, if it is a list. What is wrong between the brackets is shown there, and the help
    /// repeats texts without brackets.
    pub(crate) fn list(&self, kind: &str, example: &str, errors: &mut Errors) -> Option<ExprArray> {
        let name = &self.name;
        let value = self.written(example, errors)?;
        let error = match syn::parse2(value.clone()) {
            Ok(list) => return Some(list),
            Err(error) => error,
        };
        if meant::is_bracketed(value) {
            errors.add(error);
        } else {
            let texts = meant::list(value.clone());
            let list = texts.map_or(example.to_owned(), |texts| format!("[{}]", texts.join(", ")));
            errors.push_at(value, format!("`{name}` is {kind}\nhelp: `{name} = {list}`"));
        }
        None
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
        if let Some((_, remark)) = self.elsewhere.iter().find(|(keys, _)| keys.contains(&name)) {
            return format!("`{name}` {remark}");
        }
        let hint = self.meant_by(name).map(|near| format!(", did you mean `{near}`?"));
        let (hint, keys) = (hint.unwrap_or_default(), self.keys.join("`, `"));
        format!("unknown key `{name}`{hint}\nhelp: the keys are `{keys}`")
    }

    /// The key that was probably meant.
    fn meant_by(&self, name: &str) -> Option<&'static str> {
        let name = name.to_lowercase();
        let by_alias = self.aliases.iter().find(|(alias, _)| *alias == name).map(|(_, key)| *key);
        let begins = |key: &&str| name.len() > 2 && key.starts_with(&name);
        by_alias
            .filter(|key| self.keys.contains(key))
            .or_else(|| self.keys.iter().copied().find(begins))
            .or_else(|| nearest(&name, self.keys))
    }
}
