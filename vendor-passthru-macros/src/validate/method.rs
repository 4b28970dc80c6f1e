//! The rules of `#[passthru]` and `#[driver_passthru]`: their keys, and what goes with what.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, ExprArray, ExprLit, Lit, LitStr, Meta};

use super::signature;
use crate::attribute::{Key, Keys, Known};
use crate::errors::Errors;
use crate::model::{Method, Mode, Target, Verb};
use crate::{ours, parse};

const CRATE: (&str, &str) = ("crate", "`crate` belongs on `#[vendor_interface]`");

const NODE_KEYS: Known = Known {
    keys: &[
        "methods",
        "method",
        "description",
        "async_call",
        "async",
        "attach",
        "call_timeout",
        "run_limit",
        "require_exclusive_lock",
    ],
    elsewhere: &[CRATE],
};

const DRIVER_KEYS: Known = Known {
    keys: &[
        "methods",
        "method",
        "description",
        "async_call",
        "async",
        "attach",
        "call_timeout",
        "run_limit",
    ],
    elsewhere: &[CRATE, ("require_exclusive_lock", "a driver method has no node to lock")],
};

const VERBS: [(&str, Verb); 5] = [
    ("GET", Verb::Get),
    ("POST", Verb::Post),
    ("PUT", Verb::Put),
    ("PATCH", Verb::Patch),
    ("DELETE", Verb::Delete),
];

/// The method, or `None` if it is not annotated or something about it is wrong.
pub(super) fn method(parsed: &parse::Method, errors: &mut Errors) -> Option<Method> {
    let mut attributes = parsed.attributes.iter().filter(|attribute| ours::is_methods(attribute));
    let attribute = attributes.next()?;
    let function = parsed.signature.ident.unraw().to_string();
    for second in attributes {
        let message = format!("`{function}` is one node method or one driver method, not both");
        errors.push_at(second, message);
    }

    let is_driver = ours::is_drivers(attribute);
    let known = if is_driver { &DRIVER_KEYS } else { &NODE_KEYS };
    let keys = Keys::of(attribute, known, errors);
    let target = target(is_driver, &keys, errors);
    let signature = signature::signature(&parsed.signature, is_driver, errors);
    let (verbs, name) = if method_for_methods(&keys, errors) {
        (None, None)
    } else {
        let name = public_name(&keys, &parsed.signature.ident, errors);
        (verbs(&keys, &function, errors), name)
    };
    let mode = mode(&keys, errors);
    let description = description(&keys, &parsed.attributes, errors);
    let call_timeout = duration(&keys, "call_timeout", errors);
    let run_limit = duration(&keys, "run_limit", errors);
    let (signature, (name, name_span)) = (signature?, name?);
    Some(Method {
        cfgs: ours::conditions(&parsed.attributes),
        allowed: ours::allowed(&parsed.attributes),
        function: parsed.signature.ident.clone(),
        is_async_fn: parsed.signature.asyncness.is_some(),
        name,
        name_span,
        verbs: verbs?,
        description: description?,
        target,
        mode: mode?,
        call_timeout,
        run_limit,
        parameters: signature.parameters,
        first: signature.first,
        output: signature.output,
    })
}

fn target(is_driver: bool, keys: &Keys, errors: &mut Errors) -> Target {
    if is_driver {
        return Target::Driver;
    }
    Target::Node { exclusive: keys.bool("require_exclusive_lock", errors).unwrap_or(true) }
}

/// The two names are easily taken for each other.
fn method_for_methods(keys: &Keys, errors: &mut Errors) -> bool {
    let Some(key) = keys.get("method").filter(|_| keys.get("methods").is_none()) else {
        return false;
    };
    let value = key.value().cloned().unwrap_or_default();
    if syn::parse2::<ExprArray>(value.clone()).is_ok() {
        let message = "`method` is the public name of the method, did you mean `methods`?";
        errors.push(key.name.span(), message);
        return true;
    }
    let text = syn::parse2::<LitStr>(value).map(|text| text.value().to_ascii_uppercase());
    let Some((verb, _)) = text.ok().and_then(|text| find_verb(&text)) else { return false };
    let message = "`method` is the public name of the method";
    errors.push_at(key.value(), format!("{message}\nhelp: did you mean `methods = [\"{verb}\"]`?"));
    true
}

fn verbs(keys: &Keys, function: &str, errors: &mut Errors) -> Option<Vec<Verb>> {
    if keys.lacks("methods") {
        let message = format!("`{function}` is missing `methods`, its HTTP methods");
        keys.push(format!("{message}\nhelp: `methods = [\"POST\"]`"), errors);
    }
    let list = verb_list(keys.get("methods")?, errors)?;
    if list.elems.is_empty() {
        errors.push_at(&list, "`methods` must name at least one HTTP method");
        return None;
    }
    let mut verbs = Vec::new();
    for element in &list.elems {
        match verb(element) {
            Ok(verb) if verbs.contains(&verb) => {
                errors.push_at(element, "this HTTP method is given twice");
            }
            Ok(verb) => verbs.push(verb),
            Err(error) => errors.add(error),
        }
    }
    (verbs.len() == list.elems.len()).then_some(verbs)
}

fn verb_list(key: &Key, errors: &mut Errors) -> Option<ExprArray> {
    let value = key.written("[\"POST\"]", errors)?;
    let list = syn::parse2(value.clone()).ok();
    if list.is_none() {
        errors.push_at(value, no_list(value));
    }
    list
}

fn no_list(value: &TokenStream) -> String {
    match syn::parse2::<LitStr>(value.clone()) {
        Ok(text) => {
            format!("`methods` is a list\nhelp: `methods = [{}]`", text.to_token_stream())
        }
        Err(_) => "`methods` must be written out: it is read at compile time\n\
                   help: `methods = [\"GET\", \"POST\"]`"
            .to_owned(),
    }
}

fn verb(element: &Expr) -> syn::Result<Verb> {
    let text: LitStr = syn::parse2(element.to_token_stream()).map_err(|_| {
        let message = "HTTP methods are written as strings\nhelp: `methods = [\"POST\"]`";
        syn::Error::new_spanned(element, message)
    })?;
    let written = text.value();
    if let Some((_, verb)) = find_verb(&written) {
        return Ok(verb);
    }
    let message = match find_verb(&written.to_ascii_uppercase()) {
        Some((verb, _)) => format!("HTTP methods are upper case\nhelp: write `\"{verb}\"`"),
        None => format!(
            "unknown HTTP method `{written}`\n\
             help: there are `\"GET\"`, `\"POST\"`, `\"PUT\"`, `\"PATCH\"` and `\"DELETE\"`"
        ),
    };
    Err(syn::Error::new(text.span(), message))
}

fn find_verb(name: &str) -> Option<(&'static str, Verb)> {
    VERBS.into_iter().find(|(verb, _)| *verb == name)
}

fn mode(keys: &Keys, errors: &mut Errors) -> Option<Mode> {
    let asynchronous = asynchronous(keys, errors);
    let attach = bool_or(keys, "attach", false, errors);
    match (asynchronous?, attach?) {
        (true, true) => {
            errors.push_at(
                keys.get("attach").map(|key| &key.name),
                "an asynchronous call has no body to attach\nhelp: add `async_call = false`",
            );
            None
        }
        (true, false) => Some(Mode::Asynchronous),
        (false, false) => Some(Mode::Synchronous),
        (false, true) => Some(Mode::Attach),
    }
}

fn asynchronous(keys: &Keys, errors: &mut Errors) -> Option<bool> {
    if let (Some(older), Some(_)) = (keys.get("async"), keys.get("async_call")) {
        let message = "`async` is `async_call` by its older name: write one of them";
        errors.push(older.name.span(), message);
    }
    bool_or(keys, if keys.get("async").is_some() { "async" } else { "async_call" }, true, errors)
}

fn bool_or(keys: &Keys, name: &str, default: bool, errors: &mut Errors) -> Option<bool> {
    if keys.get(name).is_some() { keys.bool(name, errors) } else { Some(default) }
}

/// A constant expression, if the key is there and good.
fn duration(keys: &Keys, name: &str, errors: &mut Errors) -> Option<Expr> {
    const KIND: &str = "a `Duration`";
    const EXAMPLE: &str = "Duration::from_secs(5)";
    let value: Expr = keys.get(name)?.read(KIND, EXAMPLE, errors)?;
    if matches!(value, Expr::Lit(_)) {
        errors.push_at(&value, format!("`{name}` is {KIND}\nhelp: `{name} = {EXAMPLE}`"));
        return None;
    }
    Some(value)
}

/// The name in the URL, and where it was written.
fn public_name(keys: &Keys, function: &syn::Ident, errors: &mut Errors) -> Option<(String, Span)> {
    let (name, span) = match keys.get("method") {
        Some(_) => keys.text("method", errors).map(|name| (name.value(), name.span()))?,
        None => (function.unraw().to_string(), function.span()),
    };
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !name.chars().all(good) || name.chars().all(|c| c == '.') {
        let message = "the name of a method is part of a URL: letters, digits, `_`, `-` and `.`";
        errors.push(span, message);
        return None;
    }
    if name == "methods" {
        let message = "`methods` is the listing of all methods";
        errors.push(span, format!("{message}\nhelp: give another `method = \"..\"`"));
        return None;
    }
    Some((name, span))
}

/// The key, else the first paragraph of the doc comment.
fn description(keys: &Keys, attributes: &[Attribute], errors: &mut Errors) -> Option<String> {
    let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
    if let Some(key) = keys.get("description") {
        if !lines.is_empty() {
            let message = "`description` is given twice: the doc comment is one already";
            errors.push(key.name.span(), message);
        }
        return keys.text("description", errors).map(|text| text.value());
    }
    let lines = lines.iter().flat_map(|text| text.lines()).map(str::trim);
    let paragraph = lines.skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
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
