//! The rules of a vendor method's signature: receiver, task or context, arguments, result.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Attribute, FnArg, Pat, PatType, Receiver, ReceiverKind, ReturnType, Safety, Type};

use crate::attribute::Keys;
use crate::errors::Errors;
use crate::model::{Argument, Default, Parameter};
use crate::parse;

const ARG_KEYS: [&str; 3] = ["name", "default", "secret"];

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
    let name = written.ident.unraw().to_string();
    let mut errors = Sink { method: &name, errors, clean: true };
    qualifiers(written, &mut errors);
    let mut inputs = written.inputs.iter();
    receiver(written, &mut inputs, &mut errors);
    let first = first(written, is_driver, &mut inputs, &mut errors);
    let parameters = parameters(inputs, &mut errors);
    let output = output(written, &mut errors);
    let clean = errors.clean;
    let (first, output) = (first?, output?);
    clean.then_some(Signature { first, parameters, output })
}

/// Errors of one method, whose name starts each message.
struct Sink<'a> {
    method: &'a str,
    errors: &'a mut Errors,
    clean: bool,
}

impl Sink<'_> {
    fn push(&mut self, span: Span, message: impl std::fmt::Display) {
        self.clean = false;
        self.errors.push(span, format!("`{}` {message}", self.method));
    }

    fn push_at(&mut self, tokens: impl quote::ToTokens, message: impl std::fmt::Display) {
        self.clean = false;
        self.errors.push_at(tokens, format!("`{}` {message}", self.method));
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
    if !written.generics.params.is_empty() {
        errors.push_at(&written.generics, "is called with JSON, it cannot be generic");
    }
    if let Some(clause) = &written.generics.where_clause {
        errors.push_at(clause, "is called with JSON, it cannot have a `where` clause");
    }
    if let Some(variadic) = &written.variadic {
        errors.push_at(variadic, "must not be variadic");
    }
}

type Inputs<'a> = syn::punctuated::Iter<'a, FnArg>;

fn receiver(written: &syn::Signature, inputs: &mut Inputs<'_>, errors: &mut Sink<'_>) {
    match written.inputs.first() {
        Some(FnArg::Receiver(receiver)) => {
            inputs.next();
            if !is_shared_reference(receiver) {
                errors.push_at(
                    receiver,
                    "must take `&self`: one instance serves many calls at once\n\
                     help: state that changes goes into a `Mutex` or an atomic",
                );
            }
        }
        _ => errors.push(written.paren_token.span.join(), "must take `&self`"),
    }
}

fn is_shared_reference(receiver: &Receiver) -> bool {
    matches!(receiver.kind, ReceiverKind::Reference(_, _, None))
}

/// The task or the context. Which type it is, the compiler finds out.
fn first(
    written: &syn::Signature,
    is_driver: bool,
    inputs: &mut Inputs<'_>,
    errors: &mut Sink<'_>,
) -> Option<Type> {
    let wanted = if is_driver {
        "must take `&Context` right after `&self`"
    } else {
        "must take its task right after `&self`: `&mut Task`, `&Task` or `&Task<Shared>`"
    };
    let Some(FnArg::Typed(parameter)) = inputs.next() else {
        errors.push(written.paren_token.span.join(), wanted);
        return None;
    };
    if !is_reference(&parameter.ty) {
        errors.push_at(&parameter.ty, wanted);
        return None;
    }
    Some((*parameter.ty).clone())
}

fn is_reference(ty: &Type) -> bool {
    match ty {
        Type::Reference(_) => true,
        Type::Group(group) => is_reference(&group.elem),
        Type::Paren(paren) => is_reference(&paren.elem),
        _ => false,
    }
}

fn parameters(inputs: Inputs<'_>, errors: &mut Sink<'_>) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut whole = false;
    for input in inputs {
        let FnArg::Typed(written) = input else { continue };
        let Some(parameter) = parameter(written, errors) else { continue };
        match &parameter {
            Parameter::Argument(argument) if names.contains(&argument.name) => {
                errors
                    .push_at(&written.pat, format!("has an argument `{}` already", argument.name));
            }
            Parameter::Argument(argument) => names.push(argument.name.clone()),
            _ => {}
        }
        let is_whole = matches!(parameter, Parameter::Whole(_));
        if (is_whole && (whole || !names.is_empty())) || (whole && !names.is_empty()) {
            errors.push_at(
                written,
                "takes the whole body by `#[args]`, which leaves nothing for other arguments",
            );
        }
        whole |= is_whole;
        parameters.push(parameter);
    }
    parameters
}

fn parameter(written: &PatType, errors: &mut Sink<'_>) -> Option<Parameter> {
    let (arg, args) = parameter_attributes(written, errors);
    let keys = arg.map(|attribute| Keys::of(attribute, &ARG_KEYS, errors.errors));
    let ty = (*written.ty).clone();
    if is_reference(&ty) {
        errors.push_at(&ty, "must own its arguments: they outlive the request\nhelp: `String` for text, `Vec<u8>` for bytes");
        return None;
    }
    if args {
        return Some(Parameter::Whole(ty));
    }
    let Pat::Ident(pattern) = &*written.pat else {
        errors.push_at(&written.pat, "needs a plain name here: it is the argument's name");
        return None;
    };
    let ident = pattern.ident.unraw().to_string();
    if ident == "http_method" {
        return Some(Parameter::HttpMethod);
    }
    let renamed = keys.as_ref().and_then(|keys| keys.text("name", errors.errors));
    let name =
        renamed.map_or_else(|| ident.trim_start_matches('_').to_owned(), |name| name.value());
    let secret = keys.as_ref().is_some_and(|keys| is_secret(keys, errors));
    let default = keys.as_ref().map_or(Default::Required, default);
    if name == "http_method" {
        errors.push_at(written, "gets `http_method` from the request line, not from the body");
        return None;
    }
    Some(Parameter::Argument(Argument { name, ty, default, secret }))
}

/// The `#[arg]` of a parameter, and whether it has an `#[args]`.
fn parameter_attributes<'a>(
    written: &'a PatType,
    errors: &mut Sink<'_>,
) -> (Option<&'a Attribute>, bool) {
    let (mut arg, mut args) = (None, false);
    for attribute in &written.attrs {
        if attribute.path().is_ident("args") {
            args = true;
        } else if parse::is_parameters(attribute) {
            arg = Some(attribute);
        } else if !is_compilers(attribute) {
            errors.push_at(
                attribute,
                "has an attribute here that means nothing\nhelp: there are `#[arg(name = \"..\", default, secret)]` and `#[args]`",
            );
        }
    }
    (arg, args)
}

/// Attributes that the language itself allows on parameters.
fn is_compilers(attribute: &Attribute) -> bool {
    ["allow", "deny", "expect", "warn"].iter().any(|name| attribute.path().is_ident(name))
}

fn is_secret(keys: &Keys, errors: &mut Sink<'_>) -> bool {
    match keys.get("secret") {
        None => false,
        Some(key) if key.is_bare() => true,
        Some(_) => keys.bool("secret", errors.errors).unwrap_or(true),
    }
}

fn default(keys: &Keys) -> Default {
    match keys.get("default") {
        None => Default::Required,
        Some(key) if key.is_bare() => Default::OfType,
        Some(key) => Default::Expression(key.value()),
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
