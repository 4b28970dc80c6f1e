//! The glue of one method: its metadata, and the function that takes its arguments out of a call
//! and makes the run of it. It names none of the author's types: the compiler infers them from the
//! method's signature, so that a type that does not exist is one error there.

use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;
use syn::Expr;

use super::span::{across, call_across, named};
use super::template;
use crate::model::{Argument, Default, Method, Mode, Parameter, Target, Verb};

/// The entry of the table, with the name of its glue.
pub(super) fn entry(method: &Method, glue: &Ident) -> TokenStream {
    let parts = parts(method);
    match method.target {
        Target::Driver => template!(__private::driver_method(#parts, Self::#glue)),
        Target::Node { exclusive } => {
            let lock = if exclusive { template!(Exclusive) } else { template!(Shared) };
            template!(__private::node_method(#parts, __private::Lock::#lock, Self::#glue))
        }
    }
}

/// The metadata; what is not said is as in `PARTS`.
fn parts(method: &Method) -> TokenStream {
    let Method { name, description, target, .. } = method;
    let purpose = matches!(target, Target::Node { .. }).then(|| {
        let purpose = format!("vendor method `{name}`");
        template!(purpose: #purpose,)
    });
    let verbs = method.verbs.iter().copied().map(Verb::variant);
    let description = (!description.is_empty()).then(|| template!(description: #description,));
    let mode = match method.mode {
        Mode::Asynchronous => None,
        Mode::Synchronous => Some(template!(async_call: false,)),
        Mode::Attach => Some(template!(async_call: false, attach: true,)),
    };
    let call_timeout = duration("call_timeout", method.call_timeout.as_ref());
    let run_limit = duration("run_limit", method.run_limit.as_ref());
    let overrides = method.overrides.then(|| template!(overrides: true,));
    let arguments = arguments(&method.parameters);
    template! {
        __private::MethodParts {
            name: #name,
            #purpose
            http_methods: &[#(__private::HttpMethod::#verbs),*],
            #description
            #mode
            #call_timeout
            #run_limit
            #overrides
            #arguments
            ..__private::PARTS
        }
    }
}

/// A time of the author's, checked where it was written.
fn duration(name: &str, value: Option<&Expr>) -> Option<TokenStream> {
    let value = value?;
    let name = Ident::new(name, Span::mixed_site());
    let duration = across(value, template!(__private::time::Duration));
    Some(template! {
        #name: __private::Option::Some({
            let given: #duration = #value;
            given
        }),
    })
}

/// The arguments by name, or that the method takes the whole body.
fn arguments(parameters: &[Parameter]) -> Option<TokenStream> {
    if parameters.iter().any(|parameter| matches!(parameter, Parameter::Whole(_))) {
        return Some(template!(arguments: __private::Option::None,));
    }
    let arguments = parameters.iter().filter_map(|parameter| match parameter {
        Parameter::Argument(Argument { name, secret, .. }) => {
            Some(template!(__private::argument(#name, #secret)))
        }
        _ => None,
    });
    let arguments: Vec<TokenStream> = arguments.collect();
    let some = || template!(arguments: __private::Option::Some(&[#(#arguments),*]),);
    (!arguments.is_empty()).then(some)
}

/// The body of the glue. Nothing in it is `?`, which costs whoever builds a driver more than this.
pub(super) fn glue(method: &Method) -> TokenStream {
    let parameters = &method.parameters;
    let taken = parameters.iter().enumerate().map(|(i, parameter)| take(i, parameter));
    let values =
        parameters.iter().enumerate().filter_map(|(i, parameter)| value(method, i, parameter));
    let unused = !parameters.iter().any(is_taken);
    let unused = unused.then(|| template!(let _ = arguments;));
    let run = run(method);
    template! {
        #unused
        #(#taken)*
        #(#values)*
        __private::Option::Some(#run)
    }
}

/// Takes one parameter's value, or notes what is wrong with it.
fn take(index: usize, parameter: &Parameter) -> TokenStream {
    let value = name_of(index);
    let arguments = template!(arguments);
    let taken = match parameter {
        Parameter::HttpMethod(ty) => {
            call_across(ty, template!(__private::RequestMethod::of), template!(&call))
        }
        Parameter::Whole(ty) => {
            call_across(ty, template!(__private::Argument::take_all), arguments)
        }
        Parameter::Argument(argument) => take_argument(argument, &arguments),
    };
    template!(let #value = #taken;)
}

fn take_argument(argument: &Argument, arguments: &TokenStream) -> TokenStream {
    let Argument { name, ty, default, .. } = argument;
    match default {
        Default::Required => {
            let taken = template!(#arguments, #name);
            call_across(ty, template!(__private::Argument::take), taken)
        }
        Default::OfType => {
            let default = across(ty, template!(__private::Default::default));
            let taken = template!(#arguments, #name, #default);
            call_across(ty, template!(__private::Argument::take_or), taken)
        }
        // Named, so that the expression is coerced to it as in a `let`.
        Default::Expression(expression) => template! {
            <#ty as __private::Argument>::take_or(#arguments, #name, || #expression)
        },
    }
}

/// The value of an argument, once nothing is wrong with any.
fn value(method: &Method, index: usize, parameter: &Parameter) -> Option<TokenStream> {
    let (Parameter::Whole(ty) | Parameter::Argument(Argument { ty, .. })) = parameter else {
        return None;
    };
    let value = name_of(index);
    let sent = (!method.is_async_fn).then(|| {
        let sent = across(ty, template!(__private::SentArgument::sent));
        template!(let #value = __private::lend(#value, #sent);)
    });
    Some(template! {
        let __private::Result::Ok(#value) = #value else { return __private::Option::None };
        #sent
    })
}

/// Whether it comes out of the body.
fn is_taken(parameter: &Parameter) -> bool {
    !matches!(parameter, Parameter::HttpMethod(_))
}

/// What runs once its turn has come: an `async fn` on the runtime, a plain `fn` on the blocking
/// pool.
fn run(method: &Method) -> TokenStream {
    if method.is_async_fn { async_run(method) } else { blocking_run(method) }
}

/// One future for all of it, in one box. One that cannot be sent is shown where it is boxed: at the
/// method's name.
fn async_run(method: &Method) -> TokenStream {
    let (started, first) = match method.target {
        Target::Driver => (
            template!(__private::start_driver(&*interface, &call)),
            template!(__private::context(&call)),
        ),
        Target::Node { .. } => {
            (template!(__private::start(&*interface, call)), template!(&mut task))
        }
    };
    let pattern = match method.target {
        Target::Driver => template!(()),
        Target::Node { .. } => template!(mut task),
    };
    let returned = call(method, &template!(&interface), &first);
    let convert = convert(method);
    let future = template! {
        async move {
            match #started.await {
                __private::Result::Ok(#pattern) => __private::answer(#returned.await, #convert),
                __private::Result::Err(error) => __private::Result::Err(error),
            }
        }
    };
    call_across(&method.function, template!(__private::Box::pin), future)
}

fn blocking_run(method: &Method) -> TokenStream {
    let (run, first) = match method.target {
        Target::Driver => (template!(blocking_driver_run), template!(context)),
        Target::Node { .. } => (template!(blocking_node_run), template!(task)),
    };
    let returned = call(method, &template!(interface), &first);
    let convert = convert(method);
    let answer = template!(__private::answer(#returned, #convert));
    template!(__private::#run(interface, call, move |interface, #first| #answer))
}

/// Calls the author's function.
fn call(method: &Method, interface: &TokenStream, first: &TokenStream) -> TokenStream {
    let place = match method.target {
        Target::Driver => template!(DriverContext),
        Target::Node { exclusive: true } => template!(ExclusiveTask),
        Target::Node { exclusive: false } => template!(SharedTask),
    };
    let of = across(&method.first, template!(__private::#place::of));
    let function = named(&method.function);
    let values = (0..method.parameters.len()).map(name_of);
    template!(<Self>::#function(#interface, __private::lend(#first, #of), #(#values),*))
}

/// What makes an answer of what the function returned.
fn convert(method: &Method) -> TokenStream {
    let value = match method.mode {
        Mode::Asynchronous => template!(NoValue),
        Mode::Synchronous => template!(JsonValue),
        Mode::Attach => template!(AttachedValue),
    };
    let result = across(&method.output, template!(__private::MethodResult::result));
    let value = across(&method.output, template!(__private::#value::answer));
    let error = across(&method.output, template!(__private::MethodError::into_error));
    template!(__private::Convert { result: #result, value: #value, error: #error })
}

fn name_of(index: usize) -> Ident {
    format_ident!("argument_{index}", span = Span::mixed_site())
}

impl Verb {
    fn variant(self) -> Ident {
        let name = match self {
            Self::Get => "Get",
            Self::Post => "Post",
            Self::Put => "Put",
            Self::Patch => "Patch",
            Self::Delete => "Delete",
        };
        Ident::new(name, Span::call_site())
    }
}
