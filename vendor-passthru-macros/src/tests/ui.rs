//! Every UI case, without the compiler: the mistakes of which the macros speak are those of the
//! case's `.stderr`, word for word and at the same place.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Group, Span, TokenStream, TokenTree};

use super::{
    Annotated, CompileError, MISTAKES, OURS, annotated, attribute_name, compile_errors,
    fully_expanded, rust_files, tokens,
};

#[test]
fn what_the_macros_say_is_what_the_compiler_shows() {
    let mut said_anything = false;
    let differing = cases().filter_map(|file| {
        let said = said(tokens(&file));
        said_anything |= !said.is_empty();
        let shown = shown(&file);
        (said != shown).then(|| difference(&file, &said, &shown))
    });
    let differing: Vec<String> = differing.collect();
    assert!(differing.is_empty(), "{} cases differ:\n\n{}", differing.len(), differing.join("\n"));
    assert!(said_anything, "no case in {MISTAKES}");
}

/// Of an attribute that is left the compiler would say that it does not know it.
#[test]
fn nothing_of_ours_is_left_in_what_comes_out() {
    let has_any_left = |file: &PathBuf| {
        let taken = annotated(tokens(file));
        let mut outputs =
            taken.iter().map(|taken| fully_expanded(taken.expanded(), &mut |_, _| {}));
        outputs.any(has_any_of_ours)
    };
    let left: Vec<PathBuf> = cases().filter(has_any_left).collect();
    assert!(left.is_empty(), "{left:#?}");
}

fn cases() -> impl Iterator<Item = PathBuf> {
    rust_files(Path::new(MISTAKES)).into_iter()
}

/// One mistake as a reader sees it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mistake {
    line: usize,
    column: usize,
    /// How many characters are underlined; `None` where it is more than one line.
    width: Option<usize>,
    message: String,
}

/// What the macros say.
fn said(tokens: TokenStream) -> BTreeSet<Mistake> {
    let mut said = BTreeSet::new();
    fully_expanded(tokens, &mut |taken, output| {
        said.extend(compile_errors(output).into_iter().map(|error| mistake(taken, error)));
    });
    said
}

fn mistake(taken: &Annotated, error: CompileError) -> Mistake {
    let (start, end) = (place(taken, error.start).start(), place(taken, error.end).end());
    let width = (start.line == end.line).then(|| end.column - start.column);
    Mistake { line: start.line, column: start.column + 1, width, message: error.message }
}

/// The call site is shown as the whole attribute.
fn place(taken: &Annotated, span: Span) -> Span {
    let is_call_site = span.byte_range() == Span::call_site().byte_range();
    if is_call_site { taken.place } else { span }
}

/// The mistakes in the `.stderr`, which a case that is good has not, save for the compiler's own.
fn shown(case: &Path) -> BTreeSet<Mistake> {
    let stderr = fs::read_to_string(case.with_extension("stderr")).unwrap_or_default();
    blocks(&stderr).iter().filter_map(|block| of_a_macro(block)).collect()
}

/// The lines of each error.
fn blocks(stderr: &str) -> Vec<Vec<&str>> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    for line in stderr.lines() {
        match blocks.last_mut() {
            Some(block) if !line.starts_with("error") => block.push(line),
            _ => blocks.push(vec![line]),
        }
    }
    blocks
}

/// A macro's error has no code and nothing beside its underline; nearly all that the compiler
/// words itself has one or the other.
fn of_a_macro(block: &[&str]) -> Option<Mistake> {
    let place = block.iter().position(|line| line.trim_start().starts_with("--> "))?;
    let (message, [place, drawing @ ..]) = block.split_at(place) else { return None };
    let message = message.join("\n").replace("\n       ", "\n");
    let message = message.strip_prefix("error: ")?;
    let is_compilers =
        ["cannot find ", "parameter defaults "].iter().any(|begin| message.starts_with(begin));
    if is_compilers || !drawing.iter().all(|line| is_plain(line)) {
        return None;
    }
    let mut place = place.rsplitn(3, ':').map(|number| number.parse().ok());
    let (column, line) = (place.next()??, place.next()??);
    let width = drawing.iter().find_map(|line| underlined(line));
    Some(Mistake { line, column, width, message: message.to_owned() })
}

/// A line of the source, or bars and underlines alone.
fn is_plain(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_digit()) || line.chars().all(|c| " |_^.".contains(c))
}

fn underlined(line: &str) -> Option<usize> {
    let below = line.trim_start().strip_prefix('|')?.trim();
    (below.starts_with('^') && below.chars().all(|c| c == '^')).then_some(below.len())
}

fn difference(case: &Path, said: &BTreeSet<Mistake>, shown: &BTreeSet<Mistake>) -> String {
    let only_said: Vec<&Mistake> = said.difference(shown).collect();
    let only_shown: Vec<&Mistake> = shown.difference(said).collect();
    let case = case.strip_prefix(MISTAKES).unwrap_or(case).display();
    format!("{case}\nonly the macro says {only_said:#?}\nonly the .stderr says {only_shown:#?}\n")
}

fn has_any_of_ours(output: TokenStream) -> bool {
    output.into_iter().any(|token| match token {
        TokenTree::Group(group) => names_any_of_ours(&group) || has_any_of_ours(group.stream()),
        _ => false,
    })
}

fn names_any_of_ours(group: &Group) -> bool {
    let mut ours = OURS.iter().chain(&["arg", "args"]);
    attribute_name(group).is_some_and(|name| ours.any(|ours| *ours == name))
}
