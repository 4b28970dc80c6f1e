//! The rules of `#[passthru]` and `#[driver_passthru]`: their keys, and what goes with what.

use proc_macro2::Span;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, ExprArray, ExprLit, Lit, LitStr, Meta};

use super::signature;
use crate::attribute::{Key, Keys, Known, meant};
use crate::errors::Errors;
use crate::model::{Method, Mode, Target, Verb};
use crate::{ours, parse};

/// The keys of a node method. Those of a driver method are all but the last.
pub(super) const KEYS: &[&str] = &[
    "methods",
    "method",
    "description",
    "async_call",
    "async",
    "attach",
    "call_timeout",
    "run_limit",
    "overrides",
    "require_exclusive_lock",
];

/// Other libraries' names of them.
const ALIASES: &[(&str, &str)] = &[
    ("asynchronous", "async_call"),
    ("blocking", "async_call"),
    ("delete", "methods"),
    ("doc", "description"),
    ("endpoint", "method"),
    ("exclusive", "require_exclusive_lock"),
    ("exclusive_lock", "require_exclusive_lock"),
    ("get", "methods"),
    ("http_method", "methods"),
    ("http_methods", "methods"),
    ("lock", "require_exclusive_lock"),
    ("name", "method"),
    ("override", "overrides"),
    ("patch", "methods"),
    ("path", "method"),
    ("post", "methods"),
    ("put", "methods"),
    ("rename", "method"),
    ("shared", "require_exclusive_lock"),
    ("summary", "description"),
    ("sync", "async_call"),
    ("verb", "methods"),
    ("verbs", "methods"),
];

const EXAMPLE: &str = "methods = [\"POST\"]";

type Elsewhere = (&'static [&'static str], &'static str);
const OF_THE_INTERFACE: Elsewhere = (
    &["crate", "driver", "drivers", "extends", "new", "removes"],
    "belongs on `#[vendor_interface]`",
);
const OF_A_PARAMETER: Elsewhere =
    (&["default", "secret"], "belongs on the `#[arg(..)]` of a parameter");
const OF_A_NODE: Elsewhere =
    (&["require_exclusive_lock"], "is for node methods: a driver method has no node to lock");

const NODE_KEYS: Known = Known {
    keys: KEYS,
    example: EXAMPLE,
    aliases: ALIASES,
    elsewhere: &[OF_THE_INTERFACE, OF_A_PARAMETER],
};

const DRIVER_KEYS: Known = Known {
    keys: KEYS.split_at(KEYS.len() - 1).0,
    example: EXAMPLE,
    aliases: ALIASES,
    elsewhere: &[OF_THE_INTERFACE, OF_A_PARAMETER, OF_A_NODE],
};

const VERBS: [(&str, Verb); 5] = [
    ("GET", Verb::Get),
    ("POST", Verb::Post),
    ("PUT", Verb::Put),
    ("PATCH", Verb::Patch),
    ("DELETE", Verb::Delete),
];

/// The method, or `None` if it is not annotated or something about it is wrong.
pub(super) fn method(
    parsed: &parse::Method,
    interface: &Keys,
    errors: &mut Errors,
) -> Option<Method> {
    let mut attributes = parsed.attributes.iter().filter(|attribute| ours::is_methods(attribute));
    let attribute = attributes.next()?;
    let function = parsed.signature.ident.unraw().to_string();
    let is_driver = ours::is_drivers(attribute);
    for second in attributes {
        let message = if ours::is_drivers(second) == is_driver {
            format!("`{function}` has this attribute already: it is one vendor method")
        } else {
            format!("`{function}` is one node method or one driver method, not both")
        };
        errors.push_at(second, message);
    }

    for of_a_parameter in parsed.attributes.iter().filter(|a| ours::is_parameters(a)) {
        let message = format!("`{function}` has here what goes on a parameter");
        errors.push_at(of_a_parameter, message);
    }
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
    let overrides = overrides(&keys, interface, &function, errors);
    let (signature, (name, name_span)) = (signature.filter(|_| keys.are_read())?, name?);
    Some(Method {
        cfgs: ours::conditions(&parsed.attributes),
        allowed: ours::allowed(&parsed.attributes),
        function: parsed.signature.ident.clone(),
        is_async_fn: parsed.signature.asyncness.is_some(),
        name,
        name_span,
        verbs: verbs?,
        description: description?,
        target: target?,
        mode: mode?,
        call_timeout,
        run_limit,
        overrides,
        parameters: signature.parameters,
        first: signature.first,
        output: signature.output,
    })
}

fn target(is_driver: bool, keys: &Keys, errors: &mut Errors) -> Option<Target> {
    if is_driver {
        return Some(Target::Driver);
    }
    let exclusive = bool_or(keys, "require_exclusive_lock", true, errors)?;
    Some(Target::Node { exclusive })
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

/// A constant or a function could be a list as well, but nobody has computed it yet.
fn verb_list(key: &Key, errors: &mut Errors) -> Option<ExprArray> {
    const EXAMPLE: &str = "[\"GET\", \"POST\"]";
    let value = key.written(EXAMPLE, errors)?;
    if matches!(
        syn::parse2(value.clone()),
        Ok(Expr::Path(_) | Expr::Call(_) | Expr::Macro(_) | Expr::MethodCall(_))
    ) {
        let message = "`methods` must be written out: it is read at compile time";
        errors.push_at(value, format!("{message}\nhelp: `methods = {EXAMPLE}`"));
        return None;
    }
    key.list("a list of HTTP methods", EXAMPLE, errors)
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
    let verbs = meant::list(element.to_token_stream()).unwrap_or_default();
    let verbs: Vec<String> = verbs.iter().map(|verb| verb.to_ascii_uppercase()).collect();
    let are_verbs = verbs.iter().all(|verb| find_verb(verb.trim_matches('"')).is_some());
    let message = if find_verb(&written.to_ascii_uppercase()).is_some() {
        format!("HTTP methods are upper case\nhelp: write `{}`", verbs.concat())
    } else if are_verbs && verbs.len() > 1 {
        format!("each HTTP method is a string of its own\nhelp: write `{}`", verbs.join(", "))
    } else {
        format!(
            "unknown HTTP method `{written}`\n\
             help: there are `\"GET\"`, `\"POST\"`, `\"PUT\"`, `\"PATCH\"` and `\"DELETE\"`"
        )
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

fn overrides(keys: &Keys, interface: &Keys, function: &str, errors: &mut Errors) -> bool {
    if let Some(key) = keys.get("overrides").filter(|_| interface.lacks("extends")) {
        let message = format!("`{function}` overrides nothing: its interface extends no other one");
        let help = "help: `#[vendor_interface(.., extends = self.base)]`";
        errors.push(key.name.span(), format!("{message}\n{help}"));
    }
    keys.flag("overrides", errors)
}

/// The name in the URL, and where it was written.
fn public_name(keys: &Keys, function: &syn::Ident, errors: &mut Errors) -> Option<(String, Span)> {
    let (name, span) = match keys.get("method") {
        Some(_) => keys.text("method", errors).map(|name| (name.value(), name.span()))?,
        None => (function.unraw().to_string(), function.span()),
    };
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !name.chars().all(good) {
        let message = "the name of a method is part of a URL: letters, digits, `_`, `-` and `.`";
        let help =
            if name.is_ascii() { "" } else { "\nhelp: ASCII ones, as in `method = \"reset\"`" };
        errors.push(span, format!("{message}{help}"));
        return None;
    }
    if name.chars().all(|c| c == '.') {
        let message = format!("the name of a method is part of a URL, where `{name}` is none");
        errors.push(span, format!("{message}\nhelp: `method = \"reset\"`"));
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
    // Not `lines`, which makes nothing of the empty line between two paragraphs.
    let lines = lines.iter().flat_map(|text| text.split('\n')).map(str::trim);
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
