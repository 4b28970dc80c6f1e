//! The macros in this process, on tokens: what they say and what they leave, in milliseconds.

mod guarded;
mod half_typed;
mod mutations;
mod rules;
mod snapshots;
mod ui;

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::quote;
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Attribute, LitStr, Meta};

const INTERFACE: &str = "vendor_interface";
const METHODS: [&str; 2] = ["passthru", "driver_passthru"];
const OURS: [&str; 3] = [INTERFACE, METHODS[0], METHODS[1]];
const MISTAKES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/ui");
const EXPANSIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/expansions");
/// What the name of an expansion ends with.
const EXPANDED: &str = ".expanded.rs";

/// One `compile_error!`, and the tokens that it is shown under.
struct CompileError {
    message: String,
    start: Span,
    end: Span,
}

/// The mistakes in what a macro made. It writes them as items, after all of the author's.
fn compile_errors(output: &TokenStream) -> Vec<CompileError> {
    let tokens: Vec<TokenTree> = output.clone().into_iter().collect();
    tokens.windows(3).filter_map(compile_error).collect()
}

fn compile_error(tokens: &[TokenTree]) -> Option<CompileError> {
    let [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(braces)] = tokens else {
        return None;
    };
    let text: LitStr = syn::parse2(braces.stream()).ok().filter(|_| name == "compile_error")?;
    Some(CompileError { message: text.value(), start: name.span(), end: braces.span() })
}

fn messages(output: &TokenStream) -> Vec<String> {
    compile_errors(output).into_iter().map(|error| error.message).collect()
}

/// Whether there is an error for the case that the compiler itself finds none.
fn is_refused_at_last(output: &TokenStream) -> bool {
    contains(output, "#[must_use = \"`vendor-passthru` cannot read this")
}

/// Whether this code is somewhere in the output, however it is spaced.
fn contains(output: &TokenStream, code: &str) -> bool {
    without_spaces(&output.to_string()).contains(&without_spaces(code))
}

fn without_spaces(code: &str) -> String {
    code.split_whitespace().collect()
}

/// Whether a method of this public name is in the table.
fn registers(output: &TokenStream, name: &str) -> bool {
    contains(output, &format!("name: {name:?}"))
}

/// One of our attributes, as the compiler hands it to us with its item.
#[derive(Clone)]
struct Annotated {
    name: String,
    arguments: TokenStream,
    item: TokenStream,
    place: Span,
}

impl Annotated {
    fn new(attribute: &Attribute, item: TokenStream) -> Self {
        let arguments = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            _ => TokenStream::new(),
        };
        Self { name: last_name(attribute), arguments, item, place: attribute.span() }
    }

    fn is_interface(&self) -> bool {
        self.name == INTERFACE
    }

    fn expanded(&self) -> TokenStream {
        if self.is_interface() {
            crate::interface(self.arguments.clone(), self.item.clone())
        } else {
            crate::alone(&self.name, self.arguments.clone(), self.item.clone())
        }
    }
}

/// All that the compiler hands to our attributes in these tokens, inside other items too. What
/// stands inside an annotated item is for its attribute to see.
fn annotated(tokens: TokenStream) -> Vec<Annotated> {
    let mut found = Vec::new();
    replace_annotated(tokens, &mut |taken| {
        found.push(taken);
        TokenStream::new()
    });
    found
}

/// These tokens once there is nothing more for our attributes to do. What they leave is expanded
/// again, as the compiler does.
fn fully_expanded(
    tokens: TokenStream,
    each: &mut dyn FnMut(&Annotated, &TokenStream),
) -> TokenStream {
    replace_annotated(tokens, &mut |taken| {
        let output = taken.expanded();
        each(&taken, &output);
        fully_expanded(output, each)
    })
}

/// These tokens with something else in place of each item that the compiler hands to us.
fn replace_annotated(
    tokens: TokenStream,
    replace: &mut dyn FnMut(Annotated) -> TokenStream,
) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut replaced = TokenStream::new();
    let mut rest = tokens.as_slice();
    while let [first, after @ ..] = rest {
        if let Some((taken, after)) = annotated_item(rest) {
            replaced.extend(replace(taken));
            rest = after;
            continue;
        }
        replaced.extend([match first {
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), replace_annotated(group.stream(), replace)).into()
            }
            other => other.clone(),
        }]);
        rest = after;
    }
    replaced
}

/// The item that begins here and what is after it, if one of its attributes is ours. The
/// compiler expands the first of them.
fn annotated_item(tokens: &[TokenTree]) -> Option<(Annotated, &[TokenTree])> {
    let attributes = tokens.chunks(2).take_while(|pair| is_attribute(pair)).count();
    let (attributes, item) = tokens.split_at_checked(2 * attributes)?;
    let mut attributes =
        Attribute::parse_outer.parse2(attributes.iter().cloned().collect()).ok()?;
    let ours = attributes.iter().position(is_ours)?;
    let attribute = attributes.remove(ours);
    let (item, after) = item.split_at(end_of_item(item));
    let item = quote!(#(#attributes)* #(#item)*);
    Some((Annotated::new(&attribute, item), after))
}

fn is_attribute(pair: &[TokenTree]) -> bool {
    matches!(
        pair,
        [TokenTree::Punct(hash), TokenTree::Group(brackets)]
            if hash.as_char() == '#' && brackets.delimiter() == Delimiter::Bracket
    )
}

fn is_ours(attribute: &Attribute) -> bool {
    OURS.contains(&last_name(attribute).as_str())
}

fn last_name(attribute: &Attribute) -> String {
    attribute.path().segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
}

/// An item ends with its first braces or its first semicolon.
fn end_of_item(tokens: &[TokenTree]) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    };
    tokens.iter().position(is_end).map_or(tokens.len(), |last| last + 1)
}

/// All Rust files below a folder, in order.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] });
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect();
    files.sort();
    files
}

/// The tokens of a Rust file, whose spans tell their lines; none of one that not even the compiler
/// takes apart, so that no macro ever sees it.
fn tokens(file: &Path) -> TokenStream {
    fs::read_to_string(file).unwrap().parse().unwrap_or_default()
}

/// The last name of the path that these brackets begin with.
fn attribute_name(brackets: &Group) -> Option<String> {
    let is_path = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == ':',
        _ => false,
    };
    let path = visible(brackets.stream()).into_iter().take_while(is_path);
    let last = path.last().filter(|_| brackets.delimiter() == Delimiter::Bracket)?;
    Some(last.to_string())
}

/// The tokens as a reader sees them: without the groups that macros by example pass on.
fn visible(tokens: TokenStream) -> Vec<TokenTree> {
    let tokens = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => visible(group.stream()),
        other => vec![other],
    });
    tokens.collect()
}
