//! The output: the author's impl, and beside it the table of its vendor methods.
//! All run-time logic is in the library; this writes short calls into its private module.

mod method;
mod span;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident};
use syn::ExprField;

use crate::model::{Interface, Method, New};
use crate::ours;
use crate::parse::AnnotatedImpl;

/// Like `quote!`, with local names that no expression of the author's can see or hide.
macro_rules! template {
    ($($tokens:tt)*) => { quote::quote_spanned!(proc_macro2::Span::mixed_site()=> $($tokens)*) };
}
use template;

/// The impl without our attributes, and its registration if everything about it is right.
pub(crate) fn interface(parsed: &AnnotatedImpl, model: Option<&Interface>) -> TokenStream {
    let mut output = parsed.stripped();
    output.extend(model.map(|interface| registration(parsed, interface)));
    output
}

/// The glue of each method is a function of its own, since checking one body grows faster than its
/// length. The `where` lets it take for granted what `Registered` checks: an interface that does
/// not fit is one error there, and none in any method.
fn registration(parsed: &AnnotatedImpl, interface: &Interface) -> TokenStream {
    let Interface { library, new, extends, methods, .. } = interface;
    let syn::ItemImpl { attrs, self_ty: vendor, .. } = &parsed.header;
    let (cfgs, allowed) = (ours::conditions(attrs), ours::allowed(attrs));
    let fits = template!(for<'any> #vendor: __private::VendorType);
    let instance = instance(new, vendor);
    let metadata = metadata(interface);
    let extended = extends.as_ref().map(extended);
    let Methods { declared, defined, entries } = Methods::of(methods);
    template! {
        #(#cfgs)*
        #(#allowed)*
        const _: () = {
            // Once, so that a wrong `crate` is one error.
            use #library::__private;

            // `pub`, because another crate that names the interface infers this type.
            #[doc(hidden)]
            pub enum __VendorInterface {}

            trait __Glue: __private::Sized + 'static {
                #(#declared)*
            }

            impl __Glue for #vendor where #fits {
                #(#defined)*
            }

            #[doc(hidden)]
            impl __private::VendorMethods<__VendorInterface> for #vendor where #fits {
                const METADATA: __private::InterfaceMetadata = #metadata;
                const METHODS: &'static [__private::VendorMethod<Self>] = &[#(#entries),*];

                fn instance() -> Self {
                    #instance
                }

                #extended
            }

            __private::inventory::submit! {{
                let _ = <#vendor as __private::VendorInterface>::get_properties;
                let () = <#vendor as __private::Registered>::CHECKED;
                __private::registration::<#vendor, __VendorInterface>()
            }}
        };
    }
}

/// What each method adds at the three places that name it.
#[derive(Default)]
struct Methods {
    declared: Vec<TokenStream>,
    defined: Vec<TokenStream>,
    entries: Vec<TokenStream>,
}

impl Methods {
    fn of(methods: &[Method]) -> Self {
        let mut all = Self::default();
        for (index, method) in methods.iter().enumerate() {
            let Method { cfgs, allowed, .. } = method;
            let name = format_ident!("__method_{index}", span = Span::mixed_site());
            let signature = template! {
                fn #name(
                    interface: __private::InstanceRef<Self>,
                    call: __private::RunningCall,
                    arguments: &mut __private::Arguments<'_>,
                ) -> __private::Option<__private::MethodRun>
            };
            let (glue, entry) = (method::glue(method), method::entry(method, &name));
            all.declared.push(template!(#(#cfgs)* #signature;));
            all.defined.push(template!(#(#cfgs)* #(#allowed)* #signature { #glue }));
            all.entries.push(template!(#(#cfgs)* #(#allowed)* #entry));
        }
        all
    }
}

fn metadata(interface: &Interface) -> TokenStream {
    let Interface { name, drivers, default, removes, .. } = interface;
    let metadata = template! {
        __private::interface(
            #name,
            &[#(#drivers),*],
            #default,
            __private::file!(),
            __private::line!(),
        )
    };
    if removes.is_empty() {
        return metadata;
    }
    template!(__private::removing(#metadata, &[#(#removes),*]))
}

/// `self` is the author's own: no other one could be seen by the field.
fn extended(field: &ExprField) -> TokenStream {
    let this = field.to_token_stream().into_iter().next();
    // A field of another type is shown where it is lent.
    let lent = span::across(field, template!(&)).into_iter().chain(field.to_token_stream());
    let lent = lent.collect();
    let extended =
        span::call_across(field, template!(__private::ExtendedInterface::extended), lent);
    template! {
        fn extended(&#this) -> __private::Option<__private::Extended> {
            __private::Option::Some(#extended)
        }
    }
}

fn instance(new: &New, vendor: &syn::Type) -> TokenStream {
    match new {
        New::Default => template!(<#vendor as __private::Instance>::instance()),
        New::Function(path) => {
            span::call_across(path, template!(__private::New::<Self>::instance), template!(#path))
        }
        New::Unreadable => template!(loop {}),
    }
}
