//! The keys of an attribute: `methods = ["GET"], async_call = false`.
//! Every key remembers where it stands, and a half-typed one hides no other.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::{Attribute, LitBool, LitStr, Meta};

use crate::errors::Errors;
use crate::nearest::nearest;

/// All keys of one attribute, each at most once.
pub(crate) struct Keys {
    /// The whole attribute, for what is missing in it.
    pub(crate) span: Span,
    keys: Vec<Key>,
}

/// `name`, or `name = value`.
pub(crate) struct Key {
    pub(crate) name: Ident,
    /// The tokens after `=`, or `None` for a bare name.
    value: Option<TokenStream>,
}

impl Keys {
    /// The keys of `#[attribute(..)]`; of `#[attribute]` none.
    pub(crate) fn of(attribute: &Attribute, known: &[&str], errors: &mut Errors) -> Self {
        let span = attribute.bracket_token.span.join();
        let tokens = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::Path(_) => TokenStream::new(),
            Meta::NameValue(pair) => {
                errors.push_at(pair, "the keys stand in parentheses, as in `(key = value)`");
                TokenStream::new()
            }
        };
        Self::parse(span, tokens, known, errors)
    }

    pub(crate) fn parse(
        span: Span,
        tokens: TokenStream,
        known: &[&str],
        errors: &mut Errors,
    ) -> Self {
        let mut keys: Vec<Key> = Vec::new();
        for part in split_at_commas(tokens) {
            let Some(key) = errors.ok(key(part)) else { continue };
            let name = key.name.to_string();
            if !known.contains(&name.as_str()) {
                errors.push(key.name.span(), unknown(&name, known));
            } else if keys.iter().any(|other| other.name == key.name) {
                errors.push(key.name.span(), format!("`{name}` is given twice"));
            } else {
                keys.push(key);
            }
        }
        Self { span, keys }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// `true` or `false`, if the key is there and good.
    pub(crate) fn bool(&self, name: &str, errors: &mut Errors) -> Option<bool> {
        let key = self.get(name)?;
        let Ok(value) = syn::parse2::<LitBool>(key.value()) else {
            errors.push_at(key.tokens(), format!("`{name}` is `true` or `false`, without quotes"));
            return None;
        };
        Some(value.value)
    }

    /// A text that is not empty, if the key is there and good.
    pub(crate) fn text(&self, name: &str, errors: &mut Errors) -> Option<LitStr> {
        let key = self.get(name)?;
        let Ok(text) = syn::parse2::<LitStr>(key.value()) else {
            errors.push_at(key.tokens(), format!("`{name}` is a text; help: `{name} = \"..\"`"));
            return None;
        };
        if text.value().is_empty() {
            errors.push(text.span(), format!("`{name}` must not be empty"));
            return None;
        }
        Some(text)
    }
}

impl Key {
    pub(crate) fn is_bare(&self) -> bool {
        self.value.is_none()
    }

    pub(crate) fn value(&self) -> TokenStream {
        self.value.clone().unwrap_or_default()
    }

    /// The value, or the name where it is missing: what a mistake is shown at.
    pub(crate) fn tokens(&self) -> TokenStream {
        match &self.value {
            Some(value) if !value.is_empty() => value.clone(),
            _ => TokenTree::from(self.name.clone()).into(),
        }
    }
}

fn split_at_commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ',');
    let tokens: Vec<_> = tokens.into_iter().collect();
    tokens.split(is_comma).filter(|part| !part.is_empty()).map(<[_]>::to_vec).collect()
}

fn key(part: Vec<TokenTree>) -> syn::Result<Key> {
    let mut tokens = part.into_iter();
    let name = match tokens.next() {
        Some(TokenTree::Ident(name)) => name,
        Some(other) => return Err(syn::Error::new(other.span(), "expected `key = value`")),
        None => return Err(syn::Error::new(Span::call_site(), "expected `key = value`")),
    };
    let value = match tokens.next() {
        None => None,
        Some(TokenTree::Punct(equals)) if equals.as_char() == '=' => Some(tokens.collect()),
        Some(other) => {
            return Err(syn::Error::new(other.span(), format!("expected `=` after `{name}`")));
        }
    };
    Ok(Key { name, value })
}

fn unknown(name: &str, known: &[&str]) -> String {
    let all = known.join("`, `");
    match nearest(name, known) {
        Some(near) => {
            format!("unknown key `{name}`, did you mean `{near}`?\nhelp: the keys are `{all}`")
        }
        None => format!("unknown key `{name}`\nhelp: the keys are `{all}`"),
    }
}
