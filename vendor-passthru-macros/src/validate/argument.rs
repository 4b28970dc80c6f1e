//! The rules of what comes after the task or context: the arguments of the request, by name.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, Meta, Pat, PatType, Type};

use super::signature::{self, NOT_GENERIC, Sink};
use crate::attribute::{Keys, Known};
use crate::model::{Argument, Default, Parameter};
use crate::ours;

const KEYS: Known = Known { keys: &["name", "default", "secret"], elsewhere: &[] };

pub(super) fn parameters(written: &[&PatType], errors: &mut Sink<'_>) -> Vec<Parameter> {
    let mut names: Vec<String> = Vec::new();
    let mut parameters = Vec::new();
    for written in written {
        let Some(parameter) = parameter(written, &mut names, errors) else { continue };
        parameters.push((*written, parameter));
    }
    whole_body_alone(&parameters, errors);
    parameters.into_iter().map(|(_, parameter)| parameter).collect()
}

/// `#[args]` leaves nothing for other arguments.
fn whole_body_alone(parameters: &[(&PatType, Parameter)], errors: &mut Sink<'_>) {
    let is_whole = |parameter: &Parameter| matches!(parameter, Parameter::Whole(_));
    let mut taking =
        parameters.iter().filter(|(_, parameter)| !matches!(parameter, Parameter::HttpMethod));
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
    names: &mut Vec<String>,
    errors: &mut Sink<'_>,
) -> Option<Parameter> {
    let attribute = attribute(written, errors);
    let ty = owned(&written.ty, errors);
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
            Some(Parameter::HttpMethod)
        }
        arg => argument(written, arg, ty, names, errors).map(Parameter::Argument),
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
fn owned(ty: &Type, errors: &mut Sink<'_>) -> Option<Type> {
    if signature::referred(ty).is_some() {
        errors.push_at(
            ty,
            "must own its arguments: they outlive the request\n\
             help: `String` for text, `Vec<u8>` for bytes",
        );
        return None;
    }
    if matches!(signature::bare(ty), Type::ImplTrait(_)) {
        errors.push_at(ty, NOT_GENERIC);
        return None;
    }
    Some(ty.clone())
}

fn is_http_method(written: &PatType) -> bool {
    matches!(&*written.pat, Pat::Ident(pattern) if pattern.ident == HTTP_METHOD)
}

const HTTP_METHOD: &str = "http_method";

fn argument(
    written: &PatType,
    arg: Option<&Attribute>,
    ty: Option<Type>,
    names: &mut Vec<String>,
    errors: &mut Sink<'_>,
) -> Option<Argument> {
    let keys = arg.and_then(|arg| keys(arg, errors));
    let secret = keys.as_ref().is_some_and(|keys| keys.flag("secret", errors.errors));
    let default = keys.as_ref().map_or(Some(Default::Required), |keys| default(keys, errors));
    let (name, span) = name(written, keys.as_ref(), errors)?;
    if name == HTTP_METHOD {
        errors.push(span, "gets `http_method` from the request line, not from the body");
    } else if names.contains(&name) {
        errors.push(span, format!("has an argument `{name}` already"));
    }
    names.push(name.clone());
    Some(Argument { name, ty: ty?, default: default?, secret })
}

fn keys(arg: &Attribute, errors: &mut Sink<'_>) -> Option<Keys> {
    if matches!(arg.meta, Meta::Path(_)) {
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
    if let Pat::Ident(pattern) = &*written.pat {
        let name = pattern.ident.unraw().to_string().trim_start_matches('_').to_owned();
        if !name.is_empty() {
            return Some((name, pattern.ident.span()));
        }
    }
    errors.push_at(&written.pat, "needs a plain name here: it is the argument's name");
    None
}

fn default(keys: &Keys, errors: &mut Sink<'_>) -> Option<Default> {
    let Some(key) = keys.get("default") else { return Some(Default::Required) };
    if key.value().is_none() {
        return Some(Default::OfType);
    }
    key.read::<Expr>("an expression", "0", errors.errors).map(Default::Expression)
}
