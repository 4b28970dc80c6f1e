//! Which attributes are ours, under whatever path they were written, and which of the others
//! concern what is generated beside the author's code.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
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

/// What stands in an attribute of a method in place of its keys once `#[vendor_interface]` has read
/// them.
pub(crate) fn mark(attribute: &Attribute) -> TokenStream {
    let path = attribute.path();
    let read = Ident::new(READ, Span::mixed_site());
    quote!(#[#path(#read)])
}

/// Whether the attribute is a mark alone.
pub(crate) fn is_mark(arguments: TokenStream) -> bool {
    syn::parse2::<Ident>(arguments).is_ok_and(|word| word == READ)
}

const READ: &str = "__read_by_vendor_interface";

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
    let name = last_segment(attribute.path())?.to_lowercase();
    let near = nearest(&name, &METHODS)?;
    // A word of the same length before it, as in `node_passthru`, is near the other one by chance.
    Some(if name.starts_with('d') { near } else { "passthru" })
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

/// The lints that speak against what a vendor method has to be: it takes `&self` and owned
/// arguments, returns a `Result`, be it needed or not, is no `const fn`, and is called in one
/// place, which is ours. An author's own levels come after it.
pub(crate) fn allowed_on_methods() -> TokenStream {
    quote! {
        #[allow(
            clippy::missing_const_for_fn,
            clippy::needless_pass_by_value,
            clippy::single_call_fn,
            clippy::trivially_copy_pass_by_ref,
            clippy::unnecessary_wraps,
            clippy::unused_async,
            clippy::unused_self,
            clippy::wrong_self_convention
        )]
    }
}

pub(crate) fn last_segment(path: &Path) -> Option<String> {
    path.segments.last().map(|segment| segment.ident.to_string())
}

fn is_methods_path(path: &Path) -> bool {
    last_segment(path).is_some_and(|name| METHODS.contains(&name.as_str()))
}
