//! The output: the author's impl, and beside it the table of its vendor methods.
//! All run-time logic is in the library; this writes short calls into its private module.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use crate::model::{Argument, Default, Interface, Method, Mode, Parameter, Target, Verb};
use crate::ours;
use crate::parse::AnnotatedImpl;

/// Like `quote!`, with local names that no expression of the author's can see or hide.
macro_rules! template {
    ($($tokens:tt)*) => { quote_spanned!(Span::mixed_site()=> $($tokens)*) };
}

/// The impl without our attributes, and its registration if everything about it is right.
pub(crate) fn interface(parsed: &AnnotatedImpl, model: Option<&Interface>) -> TokenStream {
    let mut output = parsed.stripped();
    output.extend(model.map(|interface| registration(parsed, interface)));
    output
}

fn registration(parsed: &AnnotatedImpl, interface: &Interface) -> TokenStream {
    let Interface { library, name, drivers, default, new, methods } = interface;
    let syn::ItemImpl { attrs, self_ty: vendor, .. } = &parsed.header;
    let (cfgs, allowed) = (ours::conditions(attrs), ours::allowed(attrs));
    let private = template!(#library::__private);
    let new = new.as_ref().map_or_else(
        || quote_spanned!(located(vendor)=> <#vendor as #private::Default>::default),
        ToTokens::to_token_stream,
    );
    let methods = methods.iter().map(|m| method(m, vendor, &private));
    template! {
        #(#cfgs)*
        #(#allowed)*
        const _: () = {
            // `pub`, because another crate that names the interface infers this type.
            #[doc(hidden)]
            pub enum __VendorInterface {}

            #[doc(hidden)]
            impl #private::New<__VendorInterface> for #vendor {
                fn instance() -> Self {
                    #new()
                }
            }

            #[doc(hidden)]
            impl #private::VendorMethods<__VendorInterface> for #vendor {
                const METADATA: #private::InterfaceMetadata = #private::interface(
                    #name,
                    &[#(#drivers),*],
                    #default,
                    #private::file!(),
                    #private::line!(),
                );
                const METHODS: &'static [#private::VendorMethod<Self>] = &[#(#methods),*];
            }

            #private::inventory::submit! {
                #private::registration::<#vendor, __VendorInterface>()
            }
        };
    }
}

fn method(method: &Method, vendor: &syn::Type, private: &TokenStream) -> TokenStream {
    let Method { cfgs, allowed, target, parameters, .. } = method;
    let parts = parts(method, private);
    let take = parameters.iter().enumerate().map(|(i, p)| take(i, p, private));
    let unwrap = parameters.iter().enumerate().filter_map(|(i, p)| unwrap(i, p));
    let mutable = parameters.iter().any(|p| !matches!(p, Parameter::HttpMethod));
    let mutable = mutable.then(|| template!(mut));
    let (constructor, lock, run) = match target {
        Target::Driver => (template!(driver_method), None, driver_run(method, vendor, private)),
        Target::Node { exclusive } => {
            let lock = if *exclusive { template!(Exclusive) } else { template!(Shared) };
            (
                template!(node_method),
                Some(template!(#private::Lock::#lock,)),
                node_run(method, &lock, vendor, private),
            )
        }
    };
    template! {
        #(#cfgs)*
        #(#allowed)*
        #private::#constructor(#parts, #lock |interface, call| {
            let #mutable arguments = call.arguments()?;
            #(#take)*
            arguments.finish()?;
            #(#unwrap)*
            #private::Result::Ok(#run)
        })
    }
}

fn parts(method: &Method, private: &TokenStream) -> TokenStream {
    let Method { name, description, parameters, .. } = method;
    let verbs = method.verbs.iter().copied().map(Verb::variant);
    let async_call = method.mode == Mode::Asynchronous;
    let attach = method.mode == Mode::Attach;
    let call_timeout = duration(method.call_timeout.as_ref(), private);
    let run_limit = duration(method.run_limit.as_ref(), private);
    let whole = parameters.iter().any(|p| matches!(p, Parameter::Whole(_)));
    let arguments = if whole {
        template!(#private::Option::None)
    } else {
        let arguments = parameters.iter().filter_map(|p| match p {
            Parameter::Argument(Argument { name, secret, .. }) => {
                Some(template!(#private::argument(#name, #secret)))
            }
            _ => None,
        });
        template!(#private::Option::Some(&[#(#arguments),*]))
    };
    template! {
        #private::MethodParts {
            name: #name,
            http_methods: &[#(#private::HttpMethod::#verbs),*],
            async_call: #async_call,
            description: #description,
            attach: #attach,
            call_timeout: #call_timeout,
            run_limit: #run_limit,
            arguments: #arguments,
        }
    }
}

/// A time of the author's, checked where it was written.
fn duration(value: Option<&Expr>, private: &TokenStream) -> TokenStream {
    let Some(value) = value else { return template!(#private::Option::None) };
    let given = quote_spanned!(located(value)=> const GIVEN: #private::Duration = #value;);
    template!({
        #given
        #private::Option::Some(GIVEN)
    })
}

/// Takes one parameter's value, or notes what is wrong with it.
fn take(index: usize, parameter: &Parameter, private: &TokenStream) -> TokenStream {
    let value = value(index);
    match parameter {
        Parameter::HttpMethod => template!(let #value = call.http_method();),
        Parameter::Whole(ty) => {
            let span = located(ty);
            quote_spanned!(span=> let #value = #private::take_all::<#ty>(&mut arguments);)
        }
        Parameter::Argument(Argument { name, ty, default, .. }) => {
            let span = located(ty);
            let (take, default) = match default {
                Default::Required => (template!(take), None),
                Default::OfType => {
                    (template!(take_or), Some(template!(, #private::Default::default)))
                }
                Default::Expression(expression) => {
                    (template!(take_or), Some(template!(, || #expression)))
                }
            };
            quote_spanned!(span=> let #value = #private::#take::<#ty>(&mut arguments, #name #default);)
        }
    }
}

/// The value of an argument, once nothing is wrong with any.
fn unwrap(index: usize, parameter: &Parameter) -> Option<TokenStream> {
    let value = value(index);
    (!matches!(parameter, Parameter::HttpMethod)).then(|| template!(let #value = #value?;))
}

fn node_run(
    method: &Method,
    lock: &TokenStream,
    vendor: &syn::Type,
    private: &TokenStream,
) -> TokenStream {
    let task = quote_spanned!(located(&method.first)=> task);
    let call = call(method, &task, vendor, private);
    let (run, future) = kind(method, &template!(node_run), &template!(blocking_node_run));
    template! {
        #private::#run(
            interface,
            call,
            move |interface, mut task: #private::Task<#private::#lock>| #future {
                let task = &mut task;
                #call
            },
        )
    }
}

fn driver_run(method: &Method, vendor: &syn::Type, private: &TokenStream) -> TokenStream {
    let context = quote_spanned!(located(&method.first)=> context);
    let call = call(method, &context, vendor, private);
    let (run, future) = kind(method, &template!(driver_run), &template!(blocking_driver_run));
    template! {
        #private::#run(interface, call, move |interface, context| #future {
            let context = &context;
            #call
        })
    }
}

/// An `async fn` runs on the runtime, a plain `fn` on the blocking pool.
fn kind(
    method: &Method,
    run: &TokenStream,
    blocking: &TokenStream,
) -> (TokenStream, Option<TokenStream>) {
    if method.is_async_fn {
        (run.clone(), Some(template!(async move)))
    } else {
        (blocking.clone(), None)
    }
}

/// Calls the author's function and makes its result an answer.
fn call(
    method: &Method,
    first: &TokenStream,
    vendor: &syn::Type,
    private: &TokenStream,
) -> TokenStream {
    let mut function = method.function.clone();
    function.set_span(located(&function));
    let values = (0..method.parameters.len()).map(value);
    let result = match method.mode {
        Mode::Asynchronous => template!(AsyncResult),
        Mode::Synchronous => template!(SyncResult),
        Mode::Attach => template!(AttachResult),
    };
    let awaited = method.is_async_fn.then(|| template!(.await));
    let called = template!(<#vendor>::#function(&interface, #first #(, #values)*) #awaited);
    quote_spanned!(located(&method.output)=> #private::#result::into_answer(#called))
}

fn value(index: usize) -> syn::Ident {
    format_ident!("argument_{index}", span = Span::mixed_site())
}

/// Shown at the author's tokens, and yet generated: no lint of the author's crate applies.
fn located(tokens: &impl Spanned) -> Span {
    Span::mixed_site().located_at(tokens.span())
}

impl Verb {
    fn variant(self) -> syn::Ident {
        let name = match self {
            Self::Get => "Get",
            Self::Post => "Post",
            Self::Put => "Put",
            Self::Patch => "Patch",
            Self::Delete => "Delete",
        };
        syn::Ident::new(name, Span::call_site())
    }
}
