//! The rules of a vendor method's signature: receiver, task or context, result.

use proc_macro2::Span;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, FnArg, PatType, Receiver, ReceiverKind, ReturnType, Safety, Type};

use super::argument;
use crate::errors::Errors;
use crate::model::Parameter;
use crate::{ours, parse};

/// What a good signature comes to.
pub(super) struct Signature {
    pub(super) first: Type,
    pub(super) parameters: Vec<Parameter>,
    pub(super) output: Type,
}

pub(super) fn signature(
    written: &syn::Signature,
    is_driver: bool,
    errors: &mut Errors,
) -> Option<Signature> {
    let mut errors = Sink::new(written, errors);
    qualifiers(written, &mut errors);
    receiver(written, is_driver, &mut errors);
    let mut parameters: Vec<&PatType> = written.inputs.iter().filter_map(typed).collect();
    let first = first(written, is_driver, &mut parameters, &mut errors);
    let parameters = argument::parameters(&parameters, &mut errors);
    let output = output(written, &mut errors);
    let clean = errors.clean;
    let (first, output) = (first?, output?);
    clean.then_some(Signature { first, parameters, output })
}

/// A method that is none of ours has none of our attributes.
pub(super) fn helper(method: &parse::Method, errors: &mut Errors) {
    let mut errors = Sink::new(&method.signature, errors);
    for attribute in method.signature.inputs.iter().flat_map(attributes) {
        if ours::is_parameters(attribute) {
            errors.meaningless(attribute);
        }
    }
}

/// Errors of one method, whose name starts each message.
pub(super) struct Sink<'a> {
    method: String,
    pub(super) errors: &'a mut Errors,
    clean: bool,
}

impl<'a> Sink<'a> {
    fn new(written: &syn::Signature, errors: &'a mut Errors) -> Self {
        Self { method: written.ident.unraw().to_string(), errors, clean: true }
    }

    pub(super) fn push(&mut self, span: Span, message: impl std::fmt::Display) {
        self.clean = false;
        self.errors.push(span, format!("`{}` {message}", self.method));
    }

    pub(super) fn push_at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.clean = false;
        self.errors.push_at(tokens, format!("`{}` {message}", self.method));
    }

    pub(super) fn meaningless(&mut self, attribute: &Attribute) {
        self.push_at(
            attribute,
            "has an attribute here that means nothing\n\
             help: arguments of a vendor method have \
             `#[arg(name = \"..\", default, secret)]` and `#[args]`",
        );
    }
}

fn qualifiers(written: &syn::Signature, errors: &mut Sink<'_>) {
    if let Some(keyword) = &written.constness {
        errors.push(keyword.span, "must not be `const`: it runs when it is called");
    }
    if let Safety::Unsafe(keyword) = &written.safety {
        errors.push(keyword.span, "must not be `unsafe`: anyone may call it over HTTP");
    }
    if let Some(abi) = &written.abi {
        errors.push_at(abi, "must not be `extern`: it is called from Rust alone");
    }
    if let Some(variadic) = &written.variadic {
        errors.push_at(variadic, "must not be variadic");
    }
    let generics = &written.generics;
    if !generics.params.is_empty() {
        errors.push_at(generics, NOT_GENERIC);
    } else if let Some(clause) = &generics.where_clause {
        errors.push_at(clause, NOT_GENERIC);
    }
}

pub(super) const NOT_GENERIC: &str = "is called with JSON, it cannot be generic";

fn typed(input: &FnArg) -> Option<&PatType> {
    match input {
        FnArg::Typed(parameter) => Some(parameter),
        FnArg::Receiver(_) => None,
    }
}

fn attributes(input: &FnArg) -> &[Attribute] {
    match input {
        FnArg::Typed(parameter) => &parameter.attrs,
        FnArg::Receiver(receiver) => &receiver.attrs,
    }
}

fn receiver(written: &syn::Signature, is_driver: bool, errors: &mut Sink<'_>) {
    match written.receiver() {
        Some(receiver) if is_shared_reference(receiver) => no_attributes(&receiver.attrs, errors),
        Some(receiver) => errors.push_at(
            receiver,
            "must take `&self`: one instance serves many calls at once\n\
             help: state that changes goes into a `Mutex` or an atomic",
        ),
        None => {
            let first = if is_driver { "context: &Context" } else { "task: &mut Task" };
            errors.push(
                written.paren_token.span.join(),
                format!("must take `&self`\nhelp: `(&self, {first})`"),
            );
        }
    }
}

fn is_shared_reference(receiver: &Receiver) -> bool {
    matches!(receiver.kind, ReceiverKind::Reference(_, _, None))
}

fn no_attributes(attributes: &[Attribute], errors: &mut Sink<'_>) {
    for attribute in attributes.iter().filter(|attribute| !ours::is_compilers(attribute)) {
        errors.meaningless(attribute);
    }
}

/// Takes the task or the context out of the parameters. Which type it is, the compiler finds out;
/// names of types are looked at only to tell mistakes apart.
fn first(
    written: &syn::Signature,
    is_driver: bool,
    parameters: &mut Vec<&PatType>,
    errors: &mut Sink<'_>,
) -> Option<Type> {
    let wanted = if is_driver { "Context" } else { "Task" };
    if let Some(index) = misplaced(parameters, wanted) {
        let (misplaced, what) = (parameters.remove(index), wanted.to_lowercase());
        errors
            .push_at(misplaced, format!("takes its {what} too late: it comes right after `&self`"));
        return None;
    }
    let found = parameters.first().copied();
    let Some(found) = found.filter(|p| may_be_first(&p.ty)) else {
        if written.receiver().is_some() || found.is_some() {
            errors.push(written.paren_token.span.join(), forms(is_driver));
        }
        return None;
    };
    parameters.remove(0);
    no_attributes(&found.attrs, errors);
    if referred(&found.ty).is_none() {
        errors.push_at(&found.ty, forms(is_driver));
        return None;
    }
    Some((*found.ty).clone())
}

fn forms(is_driver: bool) -> &'static str {
    if is_driver {
        "must take `&Context` right after `&self`"
    } else {
        "must take its task right after `&self`: `&mut Task`, `&Task` or `&Task<Shared>`"
    }
}

/// The place of a reference to what should have been the first parameter and is not.
fn misplaced(parameters: &[&PatType], wanted: &str) -> Option<usize> {
    let is_wanted = |p: &&PatType| referred(&p.ty).is_some_and(|ty| is_named(ty, wanted));
    parameters.iter().position(is_wanted).filter(|index| *index > 0)
}

/// Whether it was meant as the task or the context: any reference, save for the usual ones of
/// borrowed arguments, or one of the two by value.
fn may_be_first(ty: &Type) -> bool {
    let Some(referred) = referred(ty) else {
        return is_named(ty, "Task") || is_named(ty, "Context");
    };
    !is_named(referred, "str") && !matches!(bare(referred), Type::Slice(_))
}

fn is_named(ty: &Type, name: &str) -> bool {
    let Type::Path(path) = bare(ty) else { return false };
    ours::last_segment(&path.path).as_deref() == Some(name)
}

/// What a reference refers to.
pub(super) fn referred(ty: &Type) -> Option<&Type> {
    match bare(ty) {
        Type::Reference(reference) => Some(&reference.elem),
        _ => None,
    }
}

/// The type without what macros by example and parentheses put around it.
pub(super) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}

fn output(written: &syn::Signature, errors: &mut Sink<'_>) -> Option<Type> {
    match &written.output {
        ReturnType::Type(_, ty) => Some((**ty).clone()),
        ReturnType::Default => {
            errors.push(written.ident.span(), "must return `Result<T, E>`");
            None
        }
    }
}
