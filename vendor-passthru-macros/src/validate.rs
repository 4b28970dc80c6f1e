//! Every rule an interface and its methods obey. What breaks one is an error at the tokens that
//! are wrong; all other rules are checked all the same.

mod method;
mod signature;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{LitStr, Path};

use crate::attribute::{Key, Keys};
use crate::errors::Errors;
use crate::model::{Interface, Method};
use crate::nearest::nearest;
use crate::parse::{self, AnnotatedImpl, Item};

const KEYS: [&str; 5] = ["name", "drivers", "default", "new", "crate"];

/// The interface, unless something about its attribute or its impl is wrong. Methods that are
/// wrong are left out.
pub(crate) fn interface(
    arguments: TokenStream,
    parsed: &AnnotatedImpl,
    errors: &mut Errors,
) -> Option<Interface> {
    let keys = Keys::parse(Span::call_site(), arguments, &KEYS, errors);
    let methods = methods(parsed, errors);
    let header = header(parsed, errors);
    let library = path(&keys, "crate", errors);
    let new = path(&keys, "new", errors);
    let default = default(&keys, errors);
    let name = name(&keys, errors);
    let drivers = drivers(&keys, errors);
    header?;
    Some(Interface {
        library: library.unwrap_or_else(|| syn::parse_quote!(::vendor_passthru)),
        name: name?,
        drivers: drivers?,
        default,
        new,
        methods,
    })
}

/// The impl is an inherent one of one concrete type.
fn header(parsed: &AnnotatedImpl, errors: &mut Errors) -> Option<()> {
    if let Some((path, _)) = &parsed.header.trait_ {
        errors
            .push_at(path, "`#[vendor_interface]` goes on an inherent impl, not on one of a trait");
        return None;
    }
    let generics = &parsed.header.generics;
    if !generics.params.is_empty() {
        errors.push_at(
            generics,
            "a registered vendor interface is one concrete type, not a generic one",
        );
        return None;
    }
    Some(())
}

fn methods(parsed: &AnnotatedImpl, errors: &mut Errors) -> Vec<Method> {
    let annotated = parsed.items.iter().filter(|i| i.attributes().iter().any(parse::is_methods));
    if annotated.count() == 0 {
        errors.push(Span::call_site(), no_methods(parsed));
    }
    for item in &parsed.items {
        if let Item::Other(other) = item
            && let Some(attribute) = other.attributes.iter().find(|a| parse::is_methods(a))
        {
            errors.push_at(attribute, "this attribute can only be put on a method");
        }
    }
    let mut methods: Vec<Method> =
        parsed.methods().filter_map(|parsed| method::method(parsed, errors)).collect();
    names_once(&mut methods, errors);
    methods
}

fn no_methods(parsed: &AnnotatedImpl) -> String {
    let attributes = parsed.items.iter().flat_map(Item::attributes);
    let typo = attributes
        .filter_map(parse::last_segment)
        .find_map(|name| nearest(&name, &["passthru", "driver_passthru"]).map(|near| (name, near)));
    match typo {
        Some((name, near)) => {
            format!("this impl has no vendor method; did you mean `#[{near}]` by `#[{name}]`?")
        }
        None => "this impl has no vendor method\n\
                 help: write `#[passthru(methods = [\"POST\"])]` above a method"
            .to_owned(),
    }
}

/// Node methods and driver methods are two namespaces. Names under a `#[cfg]` are left to it.
fn names_once(methods: &mut Vec<Method>, errors: &mut Errors) {
    let mut kept: Vec<Method> = Vec::new();
    for method in methods.drain(..) {
        let taken = kept.iter().find(|other| {
            other.name == method.name
                && other.target.is_driver() == method.target.is_driver()
                && other.cfgs.is_empty()
                && method.cfgs.is_empty()
        });
        if let Some(other) = taken {
            let (name, function) = (&method.name, &other.function);
            let message = format!("the name `{name}` is taken by the method `{function}`");
            errors.push(method.name_span, message);
        } else {
            kept.push(method);
        }
    }
    *methods = kept;
}

fn name(keys: &Keys, errors: &mut Errors) -> Option<String> {
    if keys.get("name").is_none() {
        errors.push(
            keys.span,
            "missing `name`, the name of the vendor interface\nhelp: `name = \"ipmitool\"`",
        );
    }
    keys.text("name", errors).map(|name| name.value())
}

fn drivers(keys: &Keys, errors: &mut Errors) -> Option<Vec<String>> {
    let Some(key) = keys.get("drivers") else {
        errors.push(
            keys.span,
            "missing `drivers`, the drivers that support this interface\nhelp: `drivers = [\"ipmi\"]`",
        );
        return None;
    };
    let drivers = texts(key, "a list of driver names; help: `drivers = [\"ipmi\"]`", errors)?;
    if drivers.is_empty() {
        errors.push_at(key.tokens(), "`drivers` must name at least one driver");
        return None;
    }
    if let Some(empty) = drivers.iter().find(|driver| driver.value().is_empty()) {
        errors.push(empty.span(), "the name of a driver must not be empty");
        return None;
    }
    for (i, driver) in drivers.iter().enumerate() {
        if drivers.iter().take(i).any(|other| other.value() == driver.value()) {
            errors.push(driver.span(), format!("`{}` is given twice", driver.value()));
            return None;
        }
    }
    Some(drivers.iter().map(LitStr::value).collect())
}

/// A list of string literals in brackets.
fn texts(key: &Key, what: &str, errors: &mut Errors) -> Option<Vec<LitStr>> {
    let Ok(list) = syn::parse2::<syn::ExprArray>(key.value()) else {
        errors.push_at(key.tokens(), format!("`{}` is {what}", key.name));
        return None;
    };
    let texts = list.elems.iter().map(|element| {
        let text = syn::parse2::<LitStr>(element.to_token_stream());
        text.map_err(|_| syn::Error::new_spanned(element, "expected a text in quotes"))
    });
    let texts: Vec<_> = texts.map(|text| errors.ok(text)).collect();
    texts.into_iter().collect()
}

/// `default`, or `default = true`.
fn default(keys: &Keys, errors: &mut Errors) -> bool {
    match keys.get("default") {
        None => false,
        Some(key) if key.is_bare() => true,
        Some(_) => keys.bool("default", errors).unwrap_or(false),
    }
}

fn path(keys: &Keys, name: &str, errors: &mut Errors) -> Option<Path> {
    let key = keys.get(name)?;
    let path = syn::parse2::<Path>(key.value());
    if path.is_err() {
        errors.push_at(
            key.tokens(),
            format!(
                "`{name}` is a path, such as `{}`",
                match name {
                    "crate" => "::vendor_passthru",
                    _ => "Self::from_config",
                }
            ),
        );
    }
    path.ok()
}
