//! The output: the author's impl, and beside it the table of its vendor methods.
//! All run-time logic is in the library; this writes short calls into its private module.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use crate::model::{Argument, Default, Interface, Method, Mode, Parameter, Target, Verb};
use crate::parse::AnnotatedImpl;

/// The impl without our attributes, and its registration if everything about it is right.
pub(crate) fn interface(parsed: &AnnotatedImpl, model: Option<&Interface>) -> TokenStream {
    let mut output = parsed.stripped();
    output.extend(model.map(|interface| registration(parsed, interface)));
    output
}

fn registration(parsed: &AnnotatedImpl, interface: &Interface) -> TokenStream {
    let Interface { library, name, drivers, default, new, methods } = interface;
    let (vendor, cfgs) = (&parsed.header.self_ty, conditions(&parsed.header.attrs));
    let private = quote!(#library::__private);
    let new = new.as_ref().map_or_else(
        || quote_spanned!(located(vendor)=> <#vendor as #private::Default>::default),
        ToTokens::to_token_stream,
    );
    let methods = methods.iter().map(|m| method(m, vendor, &private));
    quote! {
        #(#cfgs)*
        const _: () = {
            #[doc(hidden)]
            pub enum __VendorInterface {}

            impl #private::New<#vendor> for __VendorInterface {
                fn instance() -> #vendor {
                    #new()
                }
            }

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

fn conditions(attributes: &[syn::Attribute]) -> impl Iterator<Item = &syn::Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"))
}

fn method(method: &Method, vendor: &syn::Type, private: &TokenStream) -> TokenStream {
    let Method { cfgs, target, parameters, .. } = method;
    let parts = parts(method, private);
    let take = parameters.iter().enumerate().map(|(i, p)| take(i, p, private));
    let unwrap = parameters.iter().enumerate().filter_map(|(i, p)| unwrap(i, p));
    let mutable = parameters.iter().any(|p| !matches!(p, Parameter::HttpMethod));
    let mutable = mutable.then(|| quote!(mut));
    let (constructor, lock, run) = match target {
        Target::Driver => (quote!(driver_method), None, driver_run(method, vendor, private)),
        Target::Node { exclusive } => {
            let lock = if *exclusive { quote!(Exclusive) } else { quote!(Shared) };
            (
                quote!(node_method),
                Some(quote!(#private::Lock::#lock,)),
                node_run(method, &lock, vendor, private),
            )
        }
    };
    quote! {
        #(#cfgs)*
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
    let whole = parameters.iter().any(|p| matches!(p, Parameter::Whole(_)));
    let arguments = if whole {
        quote!(#private::Option::None)
    } else {
        let arguments = parameters.iter().filter_map(|p| match p {
            Parameter::Argument(Argument { name, secret, .. }) => {
                Some(quote!(#private::argument(#name, #secret)))
            }
            _ => None,
        });
        quote!(#private::Option::Some(&[#(#arguments),*]))
    };
    quote! {
        #private::MethodParts {
            name: #name,
            http_methods: &[#(#private::HttpMethod::#verbs),*],
            async_call: #async_call,
            description: #description,
            attach: #attach,
            arguments: #arguments,
        }
    }
}

/// Takes one parameter's value, or notes what is wrong with it.
fn take(index: usize, parameter: &Parameter, private: &TokenStream) -> TokenStream {
    let value = value(index);
    match parameter {
        Parameter::HttpMethod => quote!(let #value = call.http_method();),
        Parameter::Whole(ty) => {
            let span = located(ty);
            quote_spanned!(span=> let #value = #private::take_all::<#ty>(&mut arguments);)
        }
        Parameter::Argument(Argument { name, ty, default, .. }) => {
            let span = located(ty);
            let (take, default) = match default {
                Default::Required => (quote!(take), None),
                Default::OfType => (quote!(take_or), Some(quote!(, #private::Default::default))),
                Default::Expression(expression) => {
                    (quote!(take_or), Some(quote!(, || #expression)))
                }
            };
            quote_spanned!(span=> let #value = #private::#take::<#ty>(&mut arguments, #name #default);)
        }
    }
}

/// The value of an argument, once nothing is wrong with any.
fn unwrap(index: usize, parameter: &Parameter) -> Option<TokenStream> {
    let value = value(index);
    (!matches!(parameter, Parameter::HttpMethod)).then(|| quote!(let #value = #value?;))
}

fn node_run(
    method: &Method,
    lock: &TokenStream,
    vendor: &syn::Type,
    private: &TokenStream,
) -> TokenStream {
    let task = quote_spanned!(located(&method.first)=> task);
    let call = call(method, &task, vendor, private);
    let body = body(method, &quote!(let task = &mut task; #call), private);
    quote! {
        #private::node_run(
            interface,
            call,
            move |interface, mut task: #private::Task<#private::#lock>| async move { #body },
        )
    }
}

fn driver_run(method: &Method, vendor: &syn::Type, private: &TokenStream) -> TokenStream {
    let context = quote_spanned!(located(&method.first)=> context);
    let call = call(method, &context, vendor, private);
    let body = body(method, &quote!(let context = &context; #call), private);
    quote! {
        #private::driver_run(interface, call, move |interface, context| async move { #body })
    }
}

/// An `async fn` runs on the runtime, a plain `fn` on the blocking pool.
fn body(method: &Method, run: &TokenStream, private: &TokenStream) -> TokenStream {
    if method.is_async_fn {
        run.clone()
    } else {
        quote!(#private::blocking(move || { #run }).await)
    }
}

/// Calls the author's function and makes its result an answer.
fn call(
    method: &Method,
    first: &TokenStream,
    vendor: &syn::Type,
    private: &TokenStream,
) -> TokenStream {
    let function = &method.function;
    let values = (0..method.parameters.len()).map(value);
    let result = match method.mode {
        Mode::Asynchronous => quote!(AsyncResult),
        Mode::Synchronous => quote!(SyncResult),
        Mode::Attach => quote!(AttachResult),
    };
    let awaited = method.is_async_fn.then(|| quote!(.await));
    let called = quote!(<#vendor>::#function(&interface, #first #(, #values)*) #awaited);
    quote_spanned!(located(&method.output)=> #private::#result::into_answer(#called))
}

fn value(index: usize) -> syn::Ident {
    format_ident!("argument_{index}")
}

/// Shown at the author's tokens, and yet generated: no lint of the author's crate applies.
fn located(tokens: &impl Spanned) -> Span {
    Span::call_site().located_at(tokens.span())
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
