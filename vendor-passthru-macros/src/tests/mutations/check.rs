//! What holds of every input, good or broken.

use std::iter;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, File, Ident, ItemImpl, LitStr, Token, Type};

use crate::nearest::nearest;
use crate::tests::{
    Annotated, METHODS, OURS, attribute_name, is_refused_at_last, last_name, messages, registers,
    visible,
};

pub(super) fn check(input: &Annotated) -> Result<(), String> {
    let output = input.expanded();
    let found = lost(input, &output).or_else(|| silent(input, &output));
    match found.or_else(|| broken(input, &output)) {
        None => Ok(()),
        Some(wrong) => {
            let Annotated { name, arguments, item, .. } = input;
            Err(format!("{wrong}\n\n#[{name}({arguments})]\n{item}\n\nmakes\n\n{output}"))
        }
    }
}

/// The author's code comes first and is all there, save for attributes that may vanish. The names
/// in headers and signatures are there in any order, for `syn` puts lifetimes first; what is in
/// braces is as it was.
fn lost(input: &Annotated, output: &TokenStream) -> Option<String> {
    let item = without(with_items(input.item.clone()), may_vanish);
    let output = without(with_items(output.clone()), may_vanish);
    lost_names(&item, &output).or_else(|| lost_braces(item, output))
}

/// Without attributes at the end, which belong to nothing: of them the compiler has spoken.
fn with_items(tokens: TokenStream) -> TokenStream {
    let mut tokens = visible(tokens);
    while let [.., hash, TokenTree::Group(_)] = &tokens[..]
        && is_hash(Some(hash))
    {
        tokens.truncate(tokens.len() - 2);
    }
    for token in &mut tokens {
        if let TokenTree::Group(group) = token
            && group.delimiter() == Delimiter::Brace
        {
            *group = Group::new(Delimiter::Brace, with_items(group.stream()));
        }
    }
    tokens.into_iter().collect()
}

fn lost_names(item: &TokenStream, output: &TokenStream) -> Option<String> {
    let (written, mut kept) = (names(item.clone()), names(output.clone()));
    // Vendor methods in the impl of a trait have an impl of their own behind it.
    let impls = if is_of_a_trait(item) { 2 } else { 1 };
    kept.truncate(impls * written.len());
    let lost = written.iter().find(|name| !take(&mut kept, name))?;
    Some(format!("lost: {lost}"))
}

fn is_of_a_trait(item: &TokenStream) -> bool {
    item.clone().into_iter().any(|token| token.to_string() == "for")
}

fn take(names: &mut Vec<String>, wanted: &str) -> bool {
    let found = names.iter().position(|name| name == wanted);
    found.map(|index| names.swap_remove(index)).is_some()
}

/// The braces of the impl itself are around signatures.
fn lost_braces(item: TokenStream, output: TokenStream) -> Option<String> {
    let kept = braces(output);
    let mut written = braces(body(item).into_iter().collect()).into_iter();
    let lost = written.find(|braces| !kept.contains(braces))?;
    Some(format!("lost: {lost}"))
}

/// All names and literals, save for a `where`, which `syn` leaves out where nothing follows it.
fn names(tokens: TokenStream) -> Vec<String> {
    let names = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Group(group) => names(group.stream()),
        TokenTree::Ident(name) if name == "where" => Vec::new(),
        TokenTree::Punct(_) => Vec::new(),
        name => vec![name.to_string()],
    });
    names.collect()
}

/// All that is in braces, also inside others.
fn braces(tokens: TokenStream) -> Vec<String> {
    let groups = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) => Some(group),
        _ => None,
    });
    let braces = groups.flat_map(|group| {
        let is_braces = group.delimiter() == Delimiter::Brace;
        let whole = is_braces.then(|| group.to_string());
        whole.into_iter().chain(braces(group.stream()))
    });
    braces.collect()
}

/// The tokens without attributes that may vanish.
fn without(tokens: TokenStream, vanishes: fn(&Group) -> bool) -> TokenStream {
    let mut left: Vec<TokenTree> = Vec::new();
    for token in visible(tokens) {
        match token {
            TokenTree::Group(group) if is_hash(left.last()) && vanishes(&group) => {
                left.pop();
            }
            TokenTree::Group(group) => left.push(group_without(&group, vanishes)),
            other => left.push(other),
        }
    }
    left.into_iter().collect()
}

fn group_without(group: &Group, vanishes: fn(&Group) -> bool) -> TokenTree {
    let is_list = group.delimiter() == Delimiter::Parenthesis;
    let vanishes = if is_list { means_nothing } else { vanishes };
    Group::new(group.delimiter(), without(group.stream(), vanishes)).into()
}

fn is_hash(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(hash)) if hash.as_char() == '#')
}

/// On a parameter the language itself allows lints alone.
fn means_nothing(attribute: &Group) -> bool {
    let lints = ["allow", "deny", "expect", "forbid", "warn"];
    !attribute_name(attribute).is_some_and(|name| lints.contains(&name.as_str()))
}

/// Whether an attribute is ours, hides one of ours or was probably meant to be; or allows a lint,
/// of which a vendor method may get more.
fn may_vanish(attribute: &Group) -> bool {
    let Some(name) = attribute_name(attribute) else { return false };
    let hides = || names(attribute.stream()).iter().any(|name| OURS.contains(&name.as_str()));
    ["allow", "arg", "args"].contains(&name.as_str())
        || nearest(&name, &OURS).is_some()
        || (name == "cfg_attr" && hides())
}

/// Without an error everything that was annotated is registered.
fn silent(input: &Annotated, output: &TokenStream) -> Option<String> {
    if !messages(output).is_empty() || is_refused_at_last(output) {
        return None;
    }
    if !input.is_interface() {
        return Some("no error where the attribute stands alone".to_owned());
    }
    let body = body(with_items(input.item.clone()));
    let keys = iter::once(input.arguments.clone()).chain(keys(&body));
    if let Some(unread) = keys.into_iter().find(|keys| !are_readable(keys)) {
        return Some(format!("no error in {unread}"));
    }
    let names = annotated_methods(&body);
    if names.is_empty() {
        return Some("no method and no error".to_owned());
    }
    let missing = names.into_iter().find(|name| !registers(output, name))?;
    Some(format!("neither registered nor an error: {missing}"))
}

/// The tokens in the braces at the end.
fn body(item: TokenStream) -> Vec<TokenTree> {
    match visible(item).pop() {
        Some(TokenTree::Group(body)) => visible(body.stream()),
        _ => Vec::new(),
    }
}

/// What stands in the attributes of methods and of their parameters.
fn keys(body: &[TokenTree]) -> Vec<TokenStream> {
    let methods = attributes(body).into_iter().filter(|(_, attribute)| is_methods(attribute));
    let methods = methods.filter_map(|(_, attribute)| arguments(attribute));
    methods.chain(body.iter().flat_map(keys_of_parameters)).collect()
}

fn keys_of_parameters(token: &TokenTree) -> Vec<TokenStream> {
    let TokenTree::Group(group) = token else { return Vec::new() };
    if group.delimiter() != Delimiter::Parenthesis {
        return Vec::new();
    }
    let parameters = visible(group.stream());
    let attributes = attributes(&parameters).into_iter();
    let args = attributes.filter(|(_, a)| attribute_name(a).as_deref() == Some("arg"));
    args.filter_map(|(_, arg)| arguments(arg)).collect()
}

/// The attributes among these tokens, and their places.
fn attributes(tokens: &[TokenTree]) -> Vec<(usize, &Group)> {
    let attributes = tokens.windows(2).enumerate().filter_map(|(i, pair)| match pair {
        [hash, TokenTree::Group(attribute)] if is_hash(Some(hash)) => Some((i, attribute)),
        _ => None,
    });
    attributes.collect()
}

/// What stands in the parentheses of an attribute.
fn arguments(attribute: &Group) -> Option<TokenStream> {
    visible(attribute.stream()).into_iter().find_map(|token| match token {
        TokenTree::Group(arguments) => Some(arguments.stream()),
        _ => None,
    })
}

/// Whether these are keys with and without values, and commas between them.
fn are_readable(written: &TokenStream) -> bool {
    let keys = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if !input.peek(Token![,]) {
                key(input)?;
            }
            let _: Option<Token![,]> = input.parse()?;
        }
        Ok(())
    };
    // An edit may leave a `::` apart that `syn` reads as one.
    keys.parse_str(&written.to_string().replace(": :", "::")).is_ok()
}

fn key(input: ParseStream<'_>) -> syn::Result<()> {
    input.call(Ident::parse_any)?;
    if input.parse::<Option<Token![=]>>()?.is_some() {
        input.parse::<Expr>()?;
    }
    if input.is_empty() || input.peek(Token![,]) { Ok(()) } else { Err(input.error("no comma")) }
}

/// The public names of the annotated functions.
fn annotated_methods(body: &[TokenTree]) -> Vec<String> {
    let ours = attributes(body).into_iter().filter(|(_, attribute)| is_methods(attribute));
    let names = ours
        .map(|(i, attribute)| public_name(attribute).unwrap_or_else(|| function_after(&body[i..])));
    names.collect()
}

/// Whether it is one of the two attributes of a method. One that the compiler cannot read comes
/// out as it is, for the compiler to complain of.
fn is_methods(brackets: &Group) -> bool {
    let attributes = Attribute::parse_outer.parse2(quote!(# #brackets)).unwrap_or_default();
    attributes.iter().any(|attribute| METHODS.contains(&last_name(attribute).as_str()))
}

/// The value of the key `method`.
fn public_name(attribute: &Group) -> Option<String> {
    let keys = visible(arguments(attribute)?);
    let key = keys.windows(3).find(|key| key[0].to_string() == "method")?;
    syn::parse2::<LitStr>(key[2].clone().into()).ok().map(|name| name.value())
}

fn function_after(tokens: &[TokenTree]) -> String {
    let mut after_fn = tokens.iter().skip_while(|token| token.to_string() != "fn").skip(1);
    match after_fn.next() {
        Some(TokenTree::Ident(name)) => name.unraw().to_string(),
        other => format!("no function, but {other:?}"),
    }
}

/// Good code comes out good.
fn broken(input: &Annotated, output: &TokenStream) -> Option<String> {
    let was_good = messages(output).is_empty() && is_impl_of_a_type(&input.item);
    let error = syn::parse2::<File>(output.clone()).err().filter(|_| was_good)?;
    Some(format!("the output cannot be parsed: {error}"))
}

/// The compiler refuses a trait in the type's place, and reads some of it that `syn` does not.
fn is_impl_of_a_type(item: &TokenStream) -> bool {
    let item = syn::parse2::<ItemImpl>(item.clone());
    item.is_ok_and(|item| !matches!(*item.self_ty, Type::TraitObject(_)))
}
