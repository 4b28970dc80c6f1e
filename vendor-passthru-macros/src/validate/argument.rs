//! The rules of what comes after the task or context: the arguments of the request, by name.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::{Attribute, Expr, Meta, Pat, PatType, Type};

use super::sink::Sink;
use super::written;
use crate::attribute::{Keys, Known};
use crate::model::{Argument, Default, Parameter};
use crate::ours;

const KEYS: Known = Known {
    keys: &["name", "default", "secret"],
    example: "name = \"rawBytes\"",
    aliases: &[
        ("alias", "name"),
        ("default_value", "default"),
        ("hidden", "secret"),
        ("optional", "default"),
        ("redact", "secret"),
        ("rename", "name"),
        ("sensitive", "secret"),
    ],
    elsewhere: &[(
        &["required"],
        "is what an argument is by itself, unless it has a `default` or is an `Option`",
    )],
};

pub(super) fn parameters(written: &[&PatType], errors: &mut Sink<'_>) -> Vec<Parameter> {
    let mut taken: Vec<Taken> = Vec::new();
    let mut parameters = Vec::new();
    for written in written {
        match parameter(written, &mut taken, errors) {
            Some(parameter) => parameters.push((*written, parameter)),
            None => errors.clean = false,
        }
    }
    whole_body_alone(&parameters, errors);
    parameters.into_iter().map(|(_, parameter)| parameter).collect()
}

/// The name of an argument, and its parameter's.
type Taken = (String, Option<Ident>);

/// `#[args]` leaves nothing for other arguments.
fn whole_body_alone(parameters: &[(&PatType, Parameter)], errors: &mut Sink<'_>) {
    let is_whole = |parameter: &Parameter| matches!(parameter, Parameter::Whole(_));
    let mut taking =
        parameters.iter().filter(|(_, parameter)| !matches!(parameter, Parameter::HttpMethod(_)));
    let first_is_whole = taking.next().is_some_and(|(_, first)| is_whole(first));
    if let Some((second, _)) = taking.find(|(_, parameter)| first_is_whole || is_whole(parameter)) {
        errors.push_at(
            second,
            "takes the whole body by `#[args]`, which leaves nothing for other arguments",
        );
    }
}

fn parameter(
    written: &PatType,
    taken: &mut Vec<Taken>,
    errors: &mut Sink<'_>,
) -> Option<Parameter> {
    let attribute = attribute(written, errors);
    let ty = owned(written, errors);
    match attribute {
        Some(args) if args.path().is_ident("args") => {
            if !matches!(args.meta, Meta::Path(_)) {
                errors.push_at(args, "takes the whole body by `#[args]`, which has no keys");
            }
            ty.map(Parameter::Whole)
        }
        _ if is_http_method(written) => {
            if let Some(arg) = attribute {
                errors.push_at(arg, "gets the HTTP method of the request as `http_method`, always");
            }
            ty.map(Parameter::HttpMethod)
        }
        arg => argument(written, arg, ty, taken, errors).map(Parameter::Argument),
    }
}

/// The one of ours that the parameter has, if it has one.
fn attribute<'a>(written: &'a PatType, errors: &mut Sink<'_>) -> Option<&'a Attribute> {
    let mut ours = None;
    for attribute in &written.attrs {
        if !ours::is_parameters(attribute) {
            if !ours::is_compilers(attribute) {
                errors.meaningless(attribute);
            }
        } else if ours.is_some() {
            errors.push_at(
                attribute,
                "has a second attribute here\n\
                 help: one `#[arg(name = \"..\", default, secret)]` has all keys",
            );
        } else {
            ours = Some(attribute);
        }
    }
    ours
}

/// The type, if it is one that JSON can be read into at all.
fn owned(written: &PatType, errors: &mut Sink<'_>) -> Option<Type> {
    let ty = &*written.ty;
    if written::is_generic(ty) {
        errors.push_at(ty, Sink::NOT_GENERIC);
        return None;
    }
    if written::borrows(ty) {
        errors.push_at(ty, borrowed(written));
        return None;
    }
    if written::is_unsized(ty) {
        errors.push_at(ty, format!("must know the size of its arguments{OWNED}"));
        return None;
    }
    Some(ty.clone())
}

const OWNED: &str = "\nhelp: `String` for text, `Vec<u8>` for bytes";

fn borrowed(written: &PatType) -> String {
    if is_of_first(&written.ty) {
        return "takes its task or its context right after `&self`, and nothing else of the kind\n\
                help: a task has its context: `task.context()`"
            .to_owned();
    }
    if is_http_method(written) {
        return "gets the HTTP method of the request by value\nhelp: `http_method: HttpMethod`"
            .to_owned();
    }
    format!("must own its arguments: they outlive the request{OWNED}")
}

/// Whether it is a reference to what comes right after `&self`.
pub(super) fn is_of_first(ty: &Type) -> bool {
    let is_named = |ty| written::is_named(ty, "Task") || written::is_named(ty, "Context");
    written::referred(ty).is_some_and(is_named)
}

fn is_http_method(written: &PatType) -> bool {
    identifier(written).is_some_and(|name| public(name) == HTTP_METHOD)
}

fn identifier(written: &PatType) -> Option<&Ident> {
    match &*written.pat {
        Pat::Ident(pattern) => Some(&pattern.ident),
        _ => None,
    }
}

/// A parameter that is not used yet keeps its name.
fn public(identifier: &Ident) -> String {
    identifier.unraw().to_string().trim_start_matches('_').to_owned()
}

const HTTP_METHOD: &str = "http_method";

fn argument(
    written: &PatType,
    arg: Option<&Attribute>,
    ty: Option<Type>,
    taken: &mut Vec<Taken>,
    errors: &mut Sink<'_>,
) -> Option<Argument> {
    let keys = arg.and_then(|arg| keys(arg, errors));
    let secret = keys.as_ref().is_some_and(|keys| keys.flag("secret", errors.errors));
    let default = keys.as_ref().map_or(Some(Default::Required), |keys| default(keys, errors));
    let (name, span) = name(written, keys.as_ref(), errors)?;
    if name == HTTP_METHOD {
        errors.push(span, "gets `http_method` from the request line, not from the body");
    } else if let Some((_, other)) = taken.iter().find(|(other, _)| *other == name) {
        let message = format!("has an argument `{name}` already");
        if other.is_some() && other.as_ref() == identifier(written) {
            errors.push_unless_refused(span, message);
        } else {
            errors.push(span, message);
        }
    }
    taken.push((name.clone(), identifier(written).cloned()));
    Some(Argument { name, ty: ty?, default: default?, secret })
}

fn keys(arg: &Attribute, errors: &mut Sink<'_>) -> Option<Keys> {
    let is_empty = match &arg.meta {
        Meta::Path(_) => true,
        Meta::List(list) => list.tokens.is_empty(),
        Meta::NameValue(_) => false,
    };
    if is_empty {
        let message = "has an `#[arg]` without a key here";
        errors.push_at(arg, format!("{message}\nhelp: `#[arg(name = \"..\", default, secret)]`"));
        return None;
    }
    Some(Keys::of(arg, &KEYS, errors.errors))
}

/// The name in the request, and where it was written.
fn name(written: &PatType, keys: Option<&Keys>, errors: &mut Sink<'_>) -> Option<(String, Span)> {
    if let Some(renamed) = keys.and_then(|keys| keys.text("name", errors.errors)) {
        return Some((renamed.value(), renamed.span()));
    }
    if let Some(identifier) = identifier(written).filter(|name| !public(name).is_empty()) {
        return Some((public(identifier), identifier.span()));
    }
    errors.push_at(&written.pat, "needs a plain name here: it is the argument's name");
    None
}

fn default(keys: &Keys, errors: &mut Sink<'_>) -> Option<Default> {
    let Some(key) = keys.get("default") else { return Some(Default::Required) };
    if key.value().is_none() {
        return Some(Default::OfType);
    }
    if key.value().is_some_and(written::uses_self) {
        errors.push_at(
            key.value(),
            "has no `self` in a default: it is made out of nothing\nhelp: `Self::CONSTANT`, or an `Option`",
        );
        return None;
    }
    key.read::<Expr>("an expression", "0", errors.errors).map(Default::Expression)
}
