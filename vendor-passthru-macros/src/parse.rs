//! What was written: an impl, split into its items. Bodies are never parsed, and whatever cannot
//! be read comes out again as it is, so that half-typed code breaks nothing beside it.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, FnArg, ImplItem, ItemImpl, Signature, Visibility};

use crate::errors::Errors;

/// An impl whose header is understood and whose items are split.
pub(crate) struct AnnotatedImpl {
    /// The impl without its items.
    pub(crate) header: ItemImpl,
    pub(crate) items: Vec<Item>,
}

/// One item of the impl.
pub(crate) enum Item {
    Method(Box<Method>),
    Other(Other),
}

/// A function with a readable signature.
pub(crate) struct Method {
    pub(crate) attributes: Vec<Attribute>,
    visibility: Visibility,
    pub(crate) signature: Signature,
    body: Group,
}

/// Any other item, and what is half-typed.
pub(crate) struct Other {
    pub(crate) attributes: Vec<Attribute>,
    rest: TokenStream,
}

/// Reads an impl, or gives back what is none.
pub(crate) fn annotated_impl(
    item: TokenStream,
    errors: &mut Errors,
) -> Result<AnnotatedImpl, TokenStream> {
    let Some((header, body)) = split_body(&item) else {
        errors.push_at(&item, EXPECTED_IMPL);
        return Err(item);
    };
    let Ok(mut header) = syn::parse2::<ItemImpl>(header) else {
        errors.push_at(&item, EXPECTED_IMPL);
        return Err(item);
    };
    header.brace_token.span = body.delim_span();
    let items = Parser::parse2(items, body.stream()).unwrap_or_default();
    Ok(AnnotatedImpl { header, items })
}

const EXPECTED_IMPL: &str = "`#[vendor_interface]` goes on an inherent `impl` block";

/// The header with empty braces, and the braces.
fn split_body(item: &TokenStream) -> Option<(TokenStream, Group)> {
    let mut tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    let Some(TokenTree::Group(body)) = tokens.pop() else { return None };
    tokens.push(TokenTree::Group(Group::new(body.delimiter(), TokenStream::new())));
    Some((tokens.into_iter().collect(), body))
}

fn items(input: ParseStream<'_>) -> syn::Result<Vec<Item>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        items.push(input.parse()?);
    }
    Ok(items)
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if let Some(method) = attempt(input) {
            return Ok(Self::Method(Box::new(method)));
        }
        let attributes = attempt_with(input, Attribute::parse_outer).unwrap_or_default();
        Ok(Self::Other(Other { attributes, rest: one_item(input)? }))
    }
}

impl Parse for Method {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attributes: input.call(Attribute::parse_outer)?,
            visibility: input.parse()?,
            signature: input.parse()?,
            body: braces(input)?,
        })
    }
}

/// Parses and moves on, or stays where it is.
fn attempt<T: Parse>(input: ParseStream<'_>) -> Option<T> {
    attempt_with(input, T::parse)
}

fn attempt_with<T>(
    input: ParseStream<'_>,
    parse: fn(ParseStream<'_>) -> syn::Result<T>,
) -> Option<T> {
    use syn::parse::discouraged::Speculative;
    let ahead = input.fork();
    let parsed = parse(&ahead).ok()?;
    input.advance_to(&ahead);
    Some(parsed)
}

fn braces(input: ParseStream<'_>) -> syn::Result<Group> {
    if input.peek(syn::token::Brace) { input.parse() } else { Err(input.error("expected a body")) }
}

/// The tokens up to the end of an item: a semicolon or braces.
fn one_item(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut item = TokenStream::new();
    while !input.is_empty() {
        let end = input.peek(syn::Token![;]) || input.peek(syn::token::Brace);
        item.extend([input.parse::<TokenTree>()?]);
        if end {
            break;
        }
    }
    Ok(item)
}

impl AnnotatedImpl {
    /// The impl as its author wrote it, without our attributes.
    pub(crate) fn stripped(&self) -> TokenStream {
        let mut stripped = self.header.clone();
        let items = self.items.iter().map(Item::stripped);
        stripped.items = vec![ImplItem::Verbatim(quote!(#(#items)*))];
        stripped.into_token_stream()
    }

    pub(crate) fn methods(&self) -> impl Iterator<Item = &Method> {
        self.items.iter().filter_map(|item| match item {
            Item::Method(method) => Some(&**method),
            Item::Other(_) => None,
        })
    }
}

impl Item {
    fn stripped(&self) -> TokenStream {
        match self {
            Self::Method(method) => method.stripped(),
            Self::Other(other) => {
                let (attributes, rest) = (authors(&other.attributes), &other.rest);
                quote!(#(#attributes)* #rest)
            }
        }
    }

    pub(crate) fn attributes(&self) -> &[Attribute] {
        match self {
            Self::Method(method) => &method.attributes,
            Self::Other(other) => &other.attributes,
        }
    }
}

impl Method {
    fn stripped(&self) -> TokenStream {
        let Self { visibility, body, .. } = self;
        let attributes = authors(&self.attributes);
        let mut signature = self.signature.clone();
        for input in &mut signature.inputs {
            if let FnArg::Typed(parameter) = input {
                parameter.attrs.retain(|attribute| !is_parameters(attribute));
            }
        }
        quote!(#(#attributes)* #visibility #signature #body)
    }
}

/// The attributes that are not ours.
fn authors(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| !is_methods(attribute))
}

/// Whether it is one of the two attributes of a method, under whatever path.
pub(crate) fn is_methods(attribute: &Attribute) -> bool {
    let name = last_segment(attribute);
    name.as_deref() == Some("passthru") || name.as_deref() == Some("driver_passthru")
}

/// Whether it is one of the two attributes of a parameter.
pub(crate) fn is_parameters(attribute: &Attribute) -> bool {
    attribute.path().is_ident("arg") || attribute.path().is_ident("args")
}

pub(crate) fn last_segment(attribute: &Attribute) -> Option<String> {
    attribute.path().segments.last().map(|segment| segment.ident.to_string())
}
