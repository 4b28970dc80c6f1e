//! What was written: an impl, split into its items. Bodies are never parsed, and whatever cannot
//! be read comes out again as it is, so that half-typed code breaks nothing beside it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, FnArg, ImplItem, ItemImpl, Signature, Token, Visibility};

use crate::errors::Errors;
use crate::ours;

/// An impl whose header is understood and whose items are split.
pub(crate) struct AnnotatedImpl {
    /// The impl without its items.
    pub(crate) header: ItemImpl,
    pub(crate) items: Vec<Item>,
    /// The attribute that was probably meant to be ours, where no item has one of ours. It is
    /// taken away from its item, lest the compiler complain of it as well.
    pub(crate) misspelt: Option<Attribute>,
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
    /// Braces, or the semicolon of a method without a body.
    body: TokenTree,
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
    let (before, Some(body)) = split_body(item.clone()) else {
        not_read(&item, &no_impl(&item), errors);
        return Err(item);
    };
    match syn::parse2(quote!(#before {})) {
        Ok(header) => Ok(with_body(header, &body)),
        Err(unreadable) => {
            not_read(&before, &unreadable, errors);
            Err(unread(item))
        }
    }
}

/// What is wrong with the syntax of an impl, the compiler says by itself.
fn not_read(header: &TokenStream, unreadable: &syn::Error, errors: &mut Errors) {
    if is_impl(header) {
        errors.add_unless_refused(unreadable);
    } else {
        errors.add(no_impl(header));
    }
}

/// An impl that was not understood, without the attributes of its methods: each would say that it
/// stands alone.
pub(crate) fn unread(item: TokenStream) -> TokenStream {
    let (before, Some(body)) = split_body(item.clone()) else { return item };
    let items = stripped(body.stream());
    quote!(#before { #items })
}

/// The tokens before the braces at the end, and the braces.
fn split_body(item: TokenStream) -> (TokenStream, Option<Group>) {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    match tokens.pop() {
        Some(TokenTree::Group(body)) if body.delimiter() == Delimiter::Brace => {
            (tokens.into_iter().collect(), Some(body))
        }
        // An item that went through a macro by example.
        Some(TokenTree::Group(whole))
            if tokens.is_empty() && whole.delimiter() == Delimiter::None =>
        {
            split_body(whole.stream())
        }
        last => (tokens.into_iter().chain(last).collect(), None),
    }
}

fn is_impl(header: &TokenStream) -> bool {
    let is_impl = |token| matches!(token, TokenTree::Ident(word) if word == "impl");
    without_attributes(header).into_iter().take(2).any(is_impl)
}

fn no_impl(header: &TokenStream) -> syn::Error {
    let message = "`#[vendor_interface]` goes on an inherent `impl` block";
    syn::Error::new_spanned(without_attributes(header), message)
}

fn without_attributes(header: &TokenStream) -> TokenStream {
    let parse = |input: ParseStream<'_>| {
        let _ = attempt(input, Attribute::parse_outer);
        input.parse()
    };
    parse.parse2(header.clone()).unwrap_or_default()
}

fn with_body(mut header: ItemImpl, body: &Group) -> AnnotatedImpl {
    let parse = |input: ParseStream<'_>| {
        let inner = attempt(input, Attribute::parse_inner).unwrap_or_default();
        Ok((inner, items(input)?))
    };
    let (inner, mut items) = parse.parse2(body.stream()).unwrap_or_default();
    header.attrs.extend(inner);
    header.brace_token.span = body.delim_span();
    let misspelt = take_misspelt(&mut items);
    AnnotatedImpl { header, items, misspelt }
}

fn take_misspelt(items: &mut [Item]) -> Option<Attribute> {
    if items.iter().any(|item| item.attributes().iter().any(ours::is_ours)) {
        return None;
    }
    items.iter_mut().find_map(|item| {
        let attributes = item.attributes_mut();
        let index =
            attributes.iter().position(|attribute| ours::probably_meant(attribute).is_some())?;
        Some(attributes.remove(index))
    })
}

/// The items of an impl or a trait, or one item alone, without our attributes.
pub(crate) fn stripped(items_of: TokenStream) -> TokenStream {
    let Ok(items) = items.parse2(items_of.clone()) else { return items_of };
    items.iter().map(Item::stripped).collect()
}

/// Whether it is a function with a receiver and a body, as an impl has them.
pub(crate) fn is_method(item: &TokenStream) -> bool {
    let Ok(method) = syn::parse2::<Method>(item.clone()) else { return false };
    method.signature.receiver().is_some() && matches!(method.body, TokenTree::Group(_))
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
        if let Some(method) = whole_item(input).or_else(|| attempt(input, Method::parse)) {
            return Ok(Self::Method(Box::new(method)));
        }
        let mut attributes = Vec::new();
        while let Some(attribute) = attempt(input, one_attribute) {
            attributes.extend(attribute);
        }
        Ok(Self::Other(Other { attributes, rest: one_item(input)? }))
    }
}

/// One at a time: an unreadable one does not hide another that is ours.
fn one_attribute(input: ParseStream<'_>) -> syn::Result<Vec<Attribute>> {
    let (hash, brackets): (Token![#], Group) = (input.parse()?, input.parse()?);
    Attribute::parse_outer.parse2(quote!(#hash #brackets))
}

impl Parse for Method {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attributes: input.call(Attribute::parse_outer)?,
            visibility: input.parse()?,
            signature: input.parse()?,
            body: body(input)?,
        })
    }
}

/// The method that ends where items usually end, read once. `attempt` reads everything twice, which
/// those who build a driver would notice.
fn whole_item(input: ParseStream<'_>) -> Option<Method> {
    let ahead = input.fork();
    let mut tokens = TokenStream::new();
    let mut at_end = false;
    while !at_end {
        at_end = at_end_of_item(&ahead);
        tokens.extend([ahead.parse::<TokenTree>().ok()?]);
    }
    let method = syn::parse2(tokens).ok()?;
    input.advance_to(&ahead);
    Some(method)
}

/// Parses and moves on, or stays where it is.
pub(crate) fn attempt<T>(
    input: ParseStream<'_>,
    parse: fn(ParseStream<'_>) -> syn::Result<T>,
) -> Option<T> {
    let ahead = input.fork();
    parse(&ahead).ok()?;
    // What is left over inside a group is noticed at the end of a whole parse alone; there it
    // would undo all that was read so far.
    let parsed = parse.parse2(between(input, &ahead)).ok()?;
    input.advance_to(&ahead);
    Some(parsed)
}

fn between(start: ParseStream<'_>, end: ParseStream<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    let mut cursor = start.cursor();
    while cursor != end.cursor()
        && let Some((token, next)) = cursor.token_tree()
    {
        tokens.extend([token]);
        cursor = next;
    }
    tokens
}

fn body(input: ParseStream<'_>) -> syn::Result<TokenTree> {
    if at_end_of_item(input) { input.parse() } else { Err(input.error("expected a body")) }
}

fn at_end_of_item(input: ParseStream<'_>) -> bool {
    input.peek(Token![;]) || input.peek(syn::token::Brace)
}

/// The tokens up to the end of an item: a semicolon, braces, or what an item begins with.
fn one_item(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut item = TokenStream::new();
    while !input.is_empty() {
        let end = at_end_of_item(input);
        item.extend([input.parse::<TokenTree>()?]);
        if end || (input.peek(Token![#]) && input.peek2(syn::token::Bracket)) {
            break;
        }
    }
    Ok(item)
}

impl AnnotatedImpl {
    /// The impl as its author wrote it, without our attributes. Vendor methods in one of a trait
    /// come out beside it: the compiler would say of each that the trait does not have it.
    pub(crate) fn stripped(&self) -> TokenStream {
        let is_trait = self.header.trait_.is_some();
        let is_displaced =
            |item: &&Item| is_trait && item.attributes().iter().any(ours::is_methods);
        let (displaced, items): (Vec<_>, Vec<_>) = self.items.iter().partition(is_displaced);
        let mut stripped = self.with_items(&items).into_token_stream();
        if !displaced.is_empty() {
            let beside =
                ItemImpl { trait_: None, attrs: Vec::new(), ..self.with_items(&displaced) };
            beside.to_tokens(&mut stripped);
        }
        stripped
    }

    fn with_items(&self, items: &[&Item]) -> ItemImpl {
        let mut header = self.header.clone();
        header.attrs.retain(|a| !ours::is_interface(a) && !ours::is_methods(a));
        let items = items.iter().map(|item| item.stripped());
        header.items = vec![ImplItem::Verbatim(quote!(#(#items)*))];
        header
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
            Self::Other(other) => other.stripped(),
        }
    }

    pub(crate) fn attributes(&self) -> &[Attribute] {
        match self {
            Self::Method(method) => &method.attributes,
            Self::Other(other) => &other.attributes,
        }
    }

    fn attributes_mut(&mut self) -> &mut Vec<Attribute> {
        match self {
            Self::Method(method) => &mut method.attributes,
            Self::Other(other) => &mut other.attributes,
        }
    }
}

impl Method {
    pub(crate) fn is_annotated(&self) -> bool {
        self.attributes.iter().any(ours::is_methods)
    }

    /// Of its parameters' attributes those stay that are not ours; on a vendor method, of which
    /// all others have been reported, only those that the compiler knows.
    fn stripped(&self) -> TokenStream {
        let Self { visibility, body, .. } = self;
        let is_annotated = self.is_annotated();
        let mut attributes = self.attributes.clone();
        attributes.retain(|attribute| !(is_annotated && ours::is_parameters(attribute)));
        let attributes = authors(&attributes);
        let allowed = is_annotated.then(ours::allowed_on_methods);
        let mut signature = self.signature.clone();
        for input in &mut signature.inputs {
            let (FnArg::Typed(syn::PatType { attrs, .. })
            | FnArg::Receiver(syn::Receiver { attrs, .. })) = input;
            attrs.retain(|a| ours::is_compilers(a) || !(is_annotated || ours::is_parameters(a)));
        }
        quote!(#allowed #(#attributes)* #visibility #signature #body)
    }
}

impl Other {
    /// The compiler has spoken of attributes without an item, and would again.
    fn stripped(&self) -> TokenStream {
        if self.is_missing() {
            return TokenStream::new();
        }
        let (attributes, rest) = (authors(&self.attributes), &self.rest);
        quote!(#(#attributes)* #rest)
    }

    /// Whether there are attributes alone.
    pub(crate) fn is_missing(&self) -> bool {
        self.rest.is_empty()
    }

    /// Whether it is `name! { .. }`, which may become anything.
    pub(crate) fn is_macro(&self) -> bool {
        matches!(syn::parse2(self.rest.clone()), Ok(ImplItem::Macro(_)))
    }

    /// Whether it is no function, and yet something that an impl may have.
    pub(crate) fn is_allowed(&self) -> bool {
        matches!(syn::parse2(self.rest.clone()), Ok(ImplItem::Const(_) | ImplItem::Macro(_)))
    }

    /// Why it was not understood as a function.
    pub(crate) fn unreadable(&self) -> Option<syn::Error> {
        syn::parse2::<Method>(self.rest.clone()).err()
    }
}

/// The attributes that are not ours, and ours without their keys.
fn authors(attributes: &[Attribute]) -> impl Iterator<Item = TokenStream> {
    attributes.iter().filter_map(|attribute| {
        if ours::is_methods(attribute) {
            return Some(ours::mark(attribute));
        }
        let is_ours = ours::is_ours(attribute) || ours::is_interface(attribute);
        (!is_ours).then(|| attribute.to_token_stream())
    })
}
