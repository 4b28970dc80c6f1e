//! Every rule an interface and its methods obey. What breaks one is an error at the tokens that
//! are wrong; all other rules are checked all the same.

mod argument;
mod method;
mod signature;
mod sink;
pub(crate) mod written;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::Parse;
use syn::{Attribute, Expr, ExprField, ExprLit, Lit, LitStr, Type};

use crate::attribute::{Key, Keys, Known};
use crate::errors::{Errors, this_attribute};
use crate::model::{Interface, Method, New};
use crate::ours;
use crate::parse::{self, AnnotatedImpl, Item, Other};

const KEYS: Known = Known {
    keys: &["name", "drivers", "default", "extends", "removes", "new", "crate"],
    example: "name = \"ipmitool\", drivers = [\"ipmi\"]",
    aliases: &[
        ("base", "extends"),
        ("constructor", "new"),
        ("crate_path", "crate"),
        ("except", "removes"),
        ("exclude", "removes"),
        ("extend", "extends"),
        ("hardware_type", "drivers"),
        ("hardware_types", "drivers"),
        ("inherits", "extends"),
        ("interface", "name"),
        ("krate", "crate"),
        ("parent", "extends"),
        ("without", "removes"),
    ],
    elsewhere: &[(method::KEYS, "belongs on the `#[passthru]` of a method")],
};

/// The interface, unless its impl cannot be one. Methods that are wrong are left out.
pub(crate) fn interface(
    arguments: TokenStream,
    parsed: &AnnotatedImpl,
    errors: &mut Errors,
) -> Option<Interface> {
    let place = Ident::new("vendor_interface", this_attribute(&parsed.header.impl_token));
    let keys = Keys::parse(place.to_token_stream(), arguments, &KEYS, errors);
    is_inherent(parsed, errors)?;
    let methods = methods(&keys, parsed, errors);
    let library = keys.get("crate").and_then(|key| path(key, "::vendor_passthru", errors));
    let new = new(&keys, errors);
    let default = keys.flag("default", errors);
    missing(&keys, errors);
    let interface = Interface {
        library: library.unwrap_or_else(|| syn::parse_quote!(::vendor_passthru)),
        name: keys.text("name", errors).map(|name| name.value()).unwrap_or_default(),
        drivers: drivers(&keys, errors).unwrap_or_default(),
        default,
        new,
        extends: extends(&keys, errors),
        removes: removes(&keys, &methods, errors),
        methods,
    };
    is_concrete(parsed, errors).then_some(interface)
}

/// What is said of `#[passthru]` or `#[driver_passthru]` where no `#[vendor_interface]` took it.
pub(crate) fn alone(attribute: &str, item: &TokenStream) -> String {
    if parse::is_method(item) {
        return format!(
            "`#[{attribute}]` needs `#[vendor_interface]` above its `impl`\n\
             help: `#[vendor_interface(name = \"ipmitool\", drivers = [\"ipmi\"])]`"
        );
    }
    format!("`#[{attribute}]` can only be put on a method of an `impl` under `#[vendor_interface]`")
}

fn is_inherent(parsed: &AnnotatedImpl, errors: &mut Errors) -> Option<()> {
    let Some((path, _)) = &parsed.header.trait_ else { return Some(()) };
    let vendor = parsed.header.self_ty.to_token_stream();
    let message = "`#[vendor_interface]` goes on an inherent impl, not on one of a trait";
    let help = format!("vendor methods have an `impl {vendor} {{ .. }}` of their own");
    errors.push_at(path, format!("{message}\nhelp: {help}"));
    None
}

fn is_concrete(parsed: &AnnotatedImpl, errors: &mut Errors) -> bool {
    let syn::ItemImpl { generics, self_ty, .. } = &parsed.header;
    if !generics.params.is_empty() {
        let message = "a registered vendor interface is one concrete type, not a generic one";
        errors.push_at(generics, message);
        return false;
    }
    if matches!(written::bare(self_ty), Type::TraitObject(_)) {
        errors.push_at(
            self_ty,
            "a registered vendor interface is one concrete type, not any of a trait",
        );
        return false;
    }
    if written::borrows(self_ty) {
        let message = "a registered vendor interface lives as long as its conductor, \
                       it cannot borrow anything";
        errors.push_at(self_ty, message);
        return false;
    }
    true
}

fn methods(keys: &Keys, parsed: &AnnotatedImpl, errors: &mut Errors) -> Vec<Method> {
    if let Some(second) = parsed.header.attrs.iter().find(|a| ours::is_interface(a)) {
        errors.push_at(second, "an `impl` is one vendor interface: this is the second attribute");
    }
    let of_a_method = parsed.header.attrs.iter().find(|a| ours::is_methods(a));
    if let Some(attribute) = of_a_method {
        errors.push_at(attribute, "this attribute goes above a method, not above the `impl`");
    }
    let has = |is: fn(&Attribute) -> bool| {
        parsed.items.iter().any(|item| item.attributes().iter().any(is))
    };
    if !has(ours::is_ours) && !has(ours::is_interface) && of_a_method.is_none() {
        no_methods(keys, parsed, errors);
    }
    for item in &parsed.items {
        behind_cfg_attr(item, errors);
        of_the_impl(item, errors);
        match item {
            Item::Other(other) => no_method(other, errors),
            Item::Method(method) if !method.is_annotated() => signature::helper(method, errors),
            Item::Method(_) => {}
        }
    }
    let mut methods: Vec<Method> =
        parsed.methods().filter_map(|parsed| method::method(parsed, keys, errors)).collect();
    names_once(&mut methods, errors);
    methods
}

fn no_methods(keys: &Keys, parsed: &AnnotatedImpl, errors: &mut Errors) {
    let misspelt = parsed.misspelt.as_ref();
    let Some((written, meant)) = misspelt.and_then(|a| Some((a.path(), ours::probably_meant(a)?)))
    else {
        let is_macro = |item: &Item| matches!(item, Item::Other(other) if other.is_macro());
        let help = if parsed.items.iter().any(is_macro) {
            "a macro inside the impl comes too late: let it write the whole impl"
        } else {
            "write `#[passthru(methods = [\"POST\"])]` above a method"
        };
        keys.push(format!("this impl has no vendor method\nhelp: {help}"), errors);
        return;
    };
    let name = ours::last_segment(written).unwrap_or_default();
    let message = format!(
        "this impl has no vendor method: there is no attribute `{name}`, did you mean `{meant}`?"
    );
    errors.push_at(written, message);
}

fn of_the_impl(item: &Item, errors: &mut Errors) {
    if let Some(attribute) = item.attributes().iter().find(|a| ours::is_interface(a)) {
        let message = "`#[vendor_interface]` goes above the `impl`";
        errors.push_at(
            attribute,
            format!("{message}\nhelp: a method has `#[passthru(methods = [\"POST\"])]`"),
        );
    }
}

/// A condition around our attribute would hide it from us.
fn behind_cfg_attr(item: &Item, errors: &mut Errors) {
    if let Some(hidden) = item.attributes().iter().find_map(ours::behind_cfg_attr) {
        let name = ours::last_segment(hidden.path()).unwrap_or_default();
        errors.push_at(
            hidden.path(),
            format!(
                "a vendor method cannot be made by `cfg_attr`\n\
                 help: write `#[cfg(..)]` and `#[{name}(..)]` beside each other"
            ),
        );
    }
}

fn no_method(other: &Other, errors: &mut Errors) {
    let Some(attribute) = other.attributes.iter().find(|a| ours::is_methods(a)) else { return };
    let name = ours::last_segment(attribute.path()).unwrap_or_default();
    if other.is_allowed() {
        errors.push_at(attribute, format!("`#[{name}]` can only be put on a method"));
    } else if let Some(error) = other.unreadable() {
        errors.add_unless_refused(&error);
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
        let Some(other) = taken else {
            kept.push(method);
            continue;
        };
        let (name, function) = (&method.name, other.function.unraw());
        let message = format!("the name `{name}` is taken by the method `{function}`");
        let error = syn::Error::new(method.name_span, message);
        if other.function == method.function {
            errors.add_unless_refused(&error);
        } else {
            errors.add(error);
        }
    }
    *methods = kept;
}

fn missing(keys: &Keys, errors: &mut Errors) {
    let message = match (keys.lacks("name"), keys.lacks("drivers")) {
        (false, false) => return,
        (true, true) => {
            "missing `name` and `drivers`\n\
             help: `#[vendor_interface(name = \"ipmitool\", drivers = [\"ipmi\"])]`"
        }
        (true, false) => {
            "missing `name`, the name of the vendor interface\nhelp: `name = \"ipmitool\"`"
        }
        (false, true) => {
            "missing `drivers`, the drivers that support this interface\n\
             help: `drivers = [\"ipmi\"]`"
        }
    };
    keys.push(message, errors);
}

fn drivers(keys: &Keys, errors: &mut Errors) -> Option<Vec<String>> {
    let key = keys.get("drivers")?;
    let drivers = names(key, "driver", "[\"ipmi\"]", errors)?;
    Some(drivers.iter().map(LitStr::value).collect())
}

/// The field with the interface whose methods are inherited.
fn extends(keys: &Keys, errors: &mut Errors) -> Option<ExprField> {
    const KIND: &str = "the field that holds the interface to extend";
    const EXAMPLE: &str = "self.base";
    let key = keys.get("extends")?;
    let field: ExprField = key.read(KIND, EXAMPLE, errors)?;
    if !is_of_self(&field.base) {
        let message = format!("`extends` is {KIND}\nhelp: `extends = {EXAMPLE}`");
        errors.push_at(&field, message);
        return None;
    }
    Some(field)
}

/// Whether it is `self`, or a field of it.
fn is_of_self(expression: &Expr) -> bool {
    match expression {
        Expr::Path(path) => path.path.is_ident("self"),
        Expr::Field(field) => is_of_self(&field.base),
        _ => false,
    }
}

/// The methods of the interface that is extended, without those that are defined in this impl.
fn removes(keys: &Keys, methods: &[Method], errors: &mut Errors) -> Vec<String> {
    let Some(key) = keys.get("removes") else { return Vec::new() };
    if keys.lacks("extends") {
        let message = "there is nothing to remove: the interface extends no other one";
        errors.push(key.name.span(), format!("{message}\nhelp: add `extends = self.base`"));
    }
    let removed = names(key, "method", "[\"eject_vmedia\"]", errors).unwrap_or_default();
    for name in &removed {
        if methods.iter().any(|method| method.name == name.value()) {
            let message = format!("`{}` is a method of this impl", name.value());
            let help = "a method that is replaced says `overrides`, and is not removed";
            errors.push(name.span(), format!("{message}\nhelp: {help}"));
        }
    }
    removed.iter().map(LitStr::value).collect()
}

/// A list of names in quotes, each once and none empty. Where one is wrong, the others stay.
fn names(key: &Key, what: &str, example: &str, errors: &mut Errors) -> Option<Vec<LitStr>> {
    let list = key.list(&format!("a list of {what} names"), example, errors)?;
    let names = list.elems.iter().map(|element| {
        let text = syn::parse2::<LitStr>(element.to_token_stream());
        let message = format!("expected the name of a {what} in quotes");
        text.map_err(|_| syn::Error::new_spanned(element, message))
    });
    let names: Vec<_> = names.map(|name| errors.ok(name)).collect();
    let names: Vec<LitStr> = names.into_iter().collect::<Option<_>>()?;
    if names.is_empty() {
        errors.push_at(key.value(), format!("`{}` must name at least one {what}", key.name));
    }
    for (i, name) in names.iter().enumerate() {
        if name.value().trim().is_empty() {
            errors.push(name.span(), format!("the name of a {what} must not be empty"));
        } else if names.iter().take(i).any(|other| other.value() == name.value()) {
            errors.push(name.span(), format!("`{}` is given twice", name.value()));
        }
    }
    Some(names)
}

fn new(keys: &Keys, errors: &mut Errors) -> New {
    let Some(key) = keys.get("new") else { return New::Default };
    path(key, "Self::open", errors).map_or(New::Unreadable, New::Function)
}

/// A path. The help repeats one that stands in quotes, or is called.
fn path<T: Parse>(key: &Key, example: &str, errors: &mut Errors) -> Option<T> {
    let meant = key.value().and_then(meant_path);
    key.read("a path", meant.as_deref().unwrap_or(example), errors)
}

fn meant_path(value: &TokenStream) -> Option<String> {
    let path = match syn::parse2(value.clone()).ok()? {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => text.value(),
        Expr::Call(call) => call.func.to_token_stream().to_string().replace(' ', ""),
        _ => return None,
    };
    let is_path = path.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':'));
    (is_path && !path.is_empty()).then_some(path)
}
