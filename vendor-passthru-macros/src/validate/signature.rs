//! The rules of a vendor method's signature: receiver, task or context, result.

use quote::ToTokens;
use syn::{Attribute, FnArg, PatType, ReceiverKind, ReturnType, Safety, Type};

use super::argument;
use super::sink::Sink;
use super::written::{bare, is_generic, is_named, is_static, mentions, reference, referred};
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
        errors.push_at(generics, Sink::NOT_GENERIC);
    } else if let Some(clause) = &generics.where_clause {
        errors.push_at(clause, Sink::NOT_GENERIC);
    }
}

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
    let Some(receiver) = written.receiver() else {
        let first = if is_driver { "context: &Context" } else { "task: &mut Task" };
        errors.push(
            written.paren_token.span.join(),
            format!("must take `&self`\nhelp: `(&self, {first})`"),
        );
        return;
    };
    match &receiver.kind {
        ReceiverKind::Reference(_, Some(lifetime), None) if is_static(lifetime) => {
            errors.push_at(receiver, "must take `&self`: it is lent its instance for one call");
        }
        ReceiverKind::Reference(_, _, None) => no_attributes(&receiver.attrs, errors),
        ReceiverKind::Typed(_, ty) if ty.to_token_stream().to_string() == "& Self" => {
            no_attributes(&receiver.attrs, errors);
        }
        _ => errors.push_at(
            receiver,
            "must take `&self`: one instance serves many calls at once\n\
             help: state that changes goes into a `Mutex` or an atomic",
        ),
    }
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
        // One too many of them is an argument's mistake.
        if !parameters.iter().take(index).any(|before| argument::is_of_first(&before.ty)) {
            let message = format!("takes its {what} too late: it comes right after `&self`");
            errors.push_at(misplaced, message);
        }
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
    if let Some(mistake) = mistake_of_first(&found.ty, is_driver) {
        errors.push_at(&found.ty, mistake);
        return None;
    }
    Some((*found.ty).clone())
}

fn mistake_of_first(ty: &Type, is_driver: bool) -> Option<&'static str> {
    let Some(reference) = reference(ty) else { return Some(forms(is_driver)) };
    if is_generic(ty) {
        return Some(Sink::NOT_GENERIC);
    }
    if reference.lifetime.as_ref().is_some_and(is_static) {
        return Some(if is_driver {
            "is lent its context for one call, not for `'static`"
        } else {
            "is lent its task for one call, not for `'static`"
        });
    }
    if !is_driver || reference.mutability.is_none() {
        return None;
    }
    Some(if is_named(&reference.elem, "Task") {
        "is a driver method, which has no task: it takes `&Context`\n\
         help: a method with a task is `#[passthru]`"
    } else {
        forms(is_driver)
    })
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
/// borrowed arguments, or one of the two in another form.
fn may_be_first(ty: &Type) -> bool {
    let Some(referred) = referred(ty) else {
        return ["Task", "Upgraded", "Context"].iter().any(|name| mentions(ty, name));
    };
    !is_named(referred, "str") && !matches!(bare(referred), Type::Slice(_))
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
