//! Which attributes are ours, under whatever path they were written, and which of the others
//! concern what is generated beside the author's code.

use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Path, Token, parse_quote};

use crate::nearest::nearest;

const METHODS: [&str; 2] = ["passthru", "driver_passthru"];

/// Whether it is `#[vendor_interface]`.
pub(crate) fn is_interface(attribute: &Attribute) -> bool {
    last_segment(attribute.path()).as_deref() == Some("vendor_interface")
}

/// Whether it is one of the two attributes of a method.
pub(crate) fn is_methods(attribute: &Attribute) -> bool {
    is_methods_path(attribute.path())
}

/// Whether it is `#[driver_passthru]`.
pub(crate) fn is_drivers(attribute: &Attribute) -> bool {
    last_segment(attribute.path()).as_deref() == Some("driver_passthru")
}

/// Whether it is one of the two attributes of a method, or hides one.
pub(crate) fn is_ours(attribute: &Attribute) -> bool {
    is_methods(attribute) || behind_cfg_attr(attribute).is_some()
}

/// The attribute of a method that stands behind a condition, where we would not see it run.
pub(crate) fn behind_cfg_attr(attribute: &Attribute) -> Option<Meta> {
    if !attribute.path().is_ident("cfg_attr") {
        return None;
    }
    let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
    let metas = attribute.parse_args_with(parse).ok()?;
    metas.into_iter().skip(1).find(|meta| is_methods_path(meta.path()))
}

/// Which of the two attributes of a method this one was probably meant to be.
pub(crate) fn probably_meant(attribute: &Attribute) -> Option<&'static str> {
    nearest(&last_segment(attribute.path())?, &METHODS)
}

/// Whether it is one of the two attributes of a parameter.
pub(crate) fn is_parameters(attribute: &Attribute) -> bool {
    attribute.path().is_ident("arg") || attribute.path().is_ident("args")
}

/// Whether the language itself allows it on a parameter.
pub(crate) fn is_compilers(attribute: &Attribute) -> bool {
    ["allow", "deny", "expect", "forbid", "warn"].iter().any(|name| attribute.path().is_ident(name))
}

/// The conditions under which an item exists.
pub(crate) fn conditions(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect()
}

/// The lints that an author allows on an item, which is named in generated code once more. That a
/// deprecated method is called there is nobody's mistake.
pub(crate) fn allowed(attributes: &[Attribute]) -> Vec<Attribute> {
    let allowed = attributes.iter().filter_map(|attribute| match &attribute.meta {
        meta if meta.path().is_ident("deprecated") => Some(parse_quote!(#[allow(deprecated)])),
        Meta::List(list) if list.path.is_ident("allow") || list.path.is_ident("expect") => {
            let lints = &list.tokens;
            Some(parse_quote!(#[allow(#lints)]))
        }
        _ => None,
    });
    allowed.collect()
}

pub(crate) fn last_segment(path: &Path) -> Option<String> {
    path.segments.last().map(|segment| segment.ident.to_string())
}

fn is_methods_path(path: &Path) -> bool {
    last_segment(path).is_some_and(|name| METHODS.contains(&name.as_str()))
}
