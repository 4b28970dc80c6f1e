//! The rules of `#[passthru]` and `#[driver_passthru]`: their keys, and what goes with what.

use proc_macro2::Span;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta};

use super::signature;
use crate::attribute::{Key, Keys};
use crate::errors::Errors;
use crate::model::{Method, Mode, Target, Verb};
use crate::parse;

const NODE_KEYS: [&str; 7] =
    ["methods", "method", "description", "async_call", "async", "attach", "require_exclusive_lock"];
const DRIVER_KEYS: [&str; 6] =
    ["methods", "method", "description", "async_call", "async", "attach"];

const VERBS: [(&str, Verb); 5] = [
    ("GET", Verb::Get),
    ("POST", Verb::Post),
    ("PUT", Verb::Put),
    ("PATCH", Verb::Patch),
    ("DELETE", Verb::Delete),
];

/// The method, or `None` if it is not annotated or something about it is wrong.
pub(super) fn method(parsed: &parse::Method, errors: &mut Errors) -> Option<Method> {
    behind_cfg_attr(parsed, errors);
    let mut attributes = parsed.attributes.iter().filter(|attribute| parse::is_methods(attribute));
    let attribute = attributes.next()?;
    let name = parsed.signature.ident.unraw().to_string();
    for second in attributes {
        let message = format!("`{name}` is a node method or a driver method, once and not both");
        errors.push_at(second, message);
    }

    let is_driver = parse::last_segment(attribute).as_deref() == Some("driver_passthru");
    let keys = keys(attribute, is_driver, errors);
    let target = target(is_driver, &keys, errors);
    let signature = signature::signature(&parsed.signature, is_driver, errors);
    let verbs = verbs(&keys, &name, errors);
    let mode = mode(&keys, errors);
    let public_name = public_name(&keys, &parsed.signature.ident, errors);
    let description = description(&keys, &parsed.attributes, errors);
    let (signature, (public_name, name_span)) = (signature?, public_name?);
    Some(Method {
        cfgs: parsed.attributes.iter().filter(|a| a.path().is_ident("cfg")).cloned().collect(),
        function: parsed.signature.ident.clone(),
        is_async_fn: parsed.signature.asyncness.is_some(),
        name: public_name,
        name_span,
        verbs: verbs?,
        description: description?,
        target,
        mode: mode?,
        parameters: signature.parameters,
        first: signature.first,
        output: signature.output,
    })
}

/// A condition around our attribute would hide it from us.
fn behind_cfg_attr(parsed: &parse::Method, errors: &mut Errors) {
    for attribute in parsed.attributes.iter().filter(|a| a.path().is_ident("cfg_attr")) {
        let tokens = attribute.meta.to_token_stream().to_string();
        if tokens.contains("passthru") {
            errors.push_at(
                &attribute.meta,
                "a vendor method cannot be made by `cfg_attr`\n\
                 help: write `#[cfg(..)]` and `#[passthru(..)]` beside each other",
            );
        }
    }
}

fn keys(attribute: &Attribute, is_driver: bool, errors: &mut Errors) -> Keys {
    // A key that exists elsewhere is answered with where, not with a guess.
    let known: &[&str] = if is_driver { &DRIVER_KEYS } else { &NODE_KEYS };
    let known = [known, &["require_exclusive_lock", "crate"]].concat();
    let keys = Keys::of(attribute, &known, errors);
    if let Some(key) = keys.get("crate") {
        errors.push(key.name.span(), "`crate` belongs on `#[vendor_interface]`");
    }
    if let Some(second) = keys.get("async").filter(|_| keys.get("async_call").is_some()) {
        errors.push(
            second.name.span(),
            "`async` is `async_call` by its older name: write one of them",
        );
    }
    keys
}

fn target(is_driver: bool, keys: &Keys, errors: &mut Errors) -> Target {
    if !is_driver {
        let exclusive = keys.bool("require_exclusive_lock", errors).unwrap_or(true);
        return Target::Node { exclusive };
    }
    if let Some(key) = keys.get("require_exclusive_lock") {
        errors.push(key.name.span(), "a driver method has no node to lock");
    }
    Target::Driver
}

fn verbs(keys: &Keys, method: &str, errors: &mut Errors) -> Option<Vec<Verb>> {
    let Some(key) = keys.get("methods") else {
        let example = "help: `methods = [\"POST\"]`";
        match keys.get("method").filter(|key| is_list(key)) {
            // The one mistake is the name of the key, and it has been pointed at.
            Some(_) => {}
            None if keys.is_empty() => {
                errors.push(keys.span, format!("`{method}` is missing `methods`, the HTTP verbs it can be called with\n{example}"));
            }
            None => errors.push(keys.span, format!("missing `methods`\n{example}")),
        }
        return None;
    };
    let Ok(list) = syn::parse2::<syn::ExprArray>(key.value()) else {
        errors.push_at(key.tokens(), no_list(key));
        return None;
    };
    if list.elems.is_empty() {
        errors.push_at(&list, "`methods` must name at least one HTTP method");
        return None;
    }
    let mut verbs = Vec::new();
    for element in &list.elems {
        let verb = errors.ok(verb(element))?;
        if verbs.contains(&verb) {
            errors.push_at(element, "this HTTP method is given twice");
        }
        verbs.push(verb);
    }
    Some(verbs)
}

fn is_list(key: &Key) -> bool {
    syn::parse2::<syn::ExprArray>(key.value()).is_ok()
}

fn no_list(key: &Key) -> String {
    match syn::parse2::<LitStr>(key.value()) {
        Ok(text) => {
            let text = text.value();
            format!("`methods` is a list\nhelp: `methods = [\"{text}\"]`")
        }
        Err(_) => "`methods` must be written out, it is read at compile time\n\
                   help: `methods = [\"GET\", \"POST\"]`"
            .to_owned(),
    }
}

fn verb(element: &Expr) -> syn::Result<Verb> {
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = element else {
        let message = "HTTP methods are written as texts\nhelp: `methods = [\"POST\"]`";
        return Err(syn::Error::new_spanned(element, message));
    };
    let written = text.value();
    let find = |verb: &str| VERBS.iter().find(|(name, _)| *name == verb);
    if let Some((_, verb)) = find(&written) {
        return Ok(*verb);
    }
    let upper = written.to_ascii_uppercase();
    let message = if find(&upper).is_some() {
        format!("HTTP methods are upper case\nhelp: write `\"{upper}\"`")
    } else {
        format!(
            "unknown HTTP method `{written}`\n\
             help: there are `\"GET\"`, `\"POST\"`, `\"PUT\"`, `\"PATCH\"` and `\"DELETE\"`"
        )
    };
    Err(syn::Error::new(text.span(), message))
}

fn mode(keys: &Keys, errors: &mut Errors) -> Option<Mode> {
    let asynchronous = match keys.get("async_call") {
        Some(_) => keys.bool("async_call", errors)?,
        None if keys.get("async").is_some() => keys.bool("async", errors)?,
        None => true,
    };
    let attach = keys.get("attach").is_some() && keys.bool("attach", errors)?;
    match (asynchronous, attach) {
        (true, true) => {
            let span = keys.get("attach").map_or(keys.span, |key| key.name.span());
            errors.push(
                span,
                "an asynchronous call has no body to attach\nhelp: add `async_call = false`",
            );
            None
        }
        (true, false) => Some(Mode::Asynchronous),
        (false, false) => Some(Mode::Synchronous),
        (false, true) => Some(Mode::Attach),
    }
}

/// The name in the URL, and where it was written.
fn public_name(keys: &Keys, function: &syn::Ident, errors: &mut Errors) -> Option<(String, Span)> {
    if let Some(key) = keys.get("method").filter(|key| is_list(key)) {
        let message = "`method` is the public name of the method; did you mean `methods`?";
        errors.push(key.name.span(), message);
        return None;
    }
    let (name, span) = match keys.get("method") {
        Some(_) => keys.text("method", errors).map(|name| (name.value(), name.span()))?,
        None => (function.unraw().to_string(), function.span()),
    };
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if VERBS.iter().any(|(verb, _)| name.eq_ignore_ascii_case(verb))
        && keys.get("methods").is_none()
    {
        errors.push(span, format!("`method` is the public name of the method\nhelp: did you mean `methods = [\"{name}\"]`?"));
        return None;
    }
    if !name.chars().all(good) || name.chars().all(|c| c == '.') {
        errors
            .push(span, "the name of a method is part of a URL: letters, digits, `_`, `-` and `.`");
        return None;
    }
    if name == "methods" {
        errors.push(
            span,
            "`methods` is the listing of all methods\nhelp: give another `method = \"..\"`",
        );
        return None;
    }
    Some((name, span))
}

/// The key, else the first paragraph of the doc comment.
fn description(keys: &Keys, attributes: &[Attribute], errors: &mut Errors) -> Option<String> {
    if keys.get("description").is_some() {
        return keys.text("description", errors).map(|text| text.value());
    }
    let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
    let first = lines.iter().flat_map(|text| text.lines()).map(str::trim);
    let paragraph = first.skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
    Some(paragraph.collect::<Vec<_>>().join(" "))
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) if pair.path.is_ident("doc") => {
            Some(text.value())
        }
        _ => None,
    }
}
