//! Rules that no UI case breaks: code that is good, and how near a name has to be.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::quote;

use super::{is_refused_at_last, messages, registers};
use crate::nearest::nearest;

/// What the macro makes of an impl with these items.
fn expand(items: &TokenStream) -> TokenStream {
    let keys = quote!(name = "example", drivers = ["example"]);
    crate::interface(keys, quote!(impl Vendor { #items }))
}

/// With a method whose parameters after `&self` are these.
fn expand_with(parameters: &TokenStream) -> TokenStream {
    expand(&quote! {
        #[passthru(methods = ["POST"])]
        async fn send(&self, #parameters) -> Result<()> { Ok(()) }
    })
}

#[test]
fn a_type_is_the_same_in_parentheses_and_out_of_a_macro_by_example() {
    let task = Group::new(Delimiter::None, quote!(&mut Task));
    for parameters in [quote!(task: #task), quote!(task: (&mut Task)), quote!(task: ((&mut Task)))]
    {
        let output = expand_with(&parameters);
        assert_eq!(messages(&output), [""; 0], "{parameters}");
        assert!(registers(&output, "send"), "{parameters}");
    }
}

#[test]
fn lifetimes_that_are_left_out_may_be_written() {
    let output = expand(&quote! {
        #[passthru(methods = ["POST"])]
        async fn send(&'_ self, task: &'_ mut Task) -> Result<()> { Ok(()) }
    });
    assert_eq!(messages(&output), [""; 0]);
    assert!(registers(&output, "send"));
}

#[test]
fn a_borrowed_argument_is_not_taken_for_the_task() {
    for parameters in [quote!(data: &str), quote!(data: &[u8]), quote!(data: (&(str)))] {
        let said = messages(&expand_with(&parameters));
        let [task, argument] = &said[..] else { panic!("{parameters}: {said:?}") };
        assert!(task.contains("must take its task"), "{parameters}: {said:?}");
        assert!(argument.contains("must own its arguments"), "{parameters}: {said:?}");
    }
}

#[test]
fn a_description_is_a_doc_comment_and_no_other_text() {
    let output = expand(&quote! {
        #[deprecated = "use `reboot`"]
        #[passthru(methods = ["POST"])]
        #[must_use = "it may have failed"]
        async fn reset(&self, task: &mut Task) -> Result<()> { Ok(()) }
    });
    for text in ["use `reboot`", "it may have failed"] {
        assert_eq!(output.to_string().matches(text).count(), 1, "{text}");
    }
}

#[test]
fn a_name_is_near_if_at_most_a_third_of_it_differs() {
    for (wrong, near) in [
        ("nme", Some("name")),
        ("xname", Some("name")),
        ("xxname", Some("name")),
        ("xxxname", None),
        ("nabc", None),
    ] {
        assert_eq!(nearest(wrong, &["name", "drivers"]), near, "{wrong}");
    }
}

#[test]
fn a_macro_is_suspected_only_where_there_is_one() {
    for (item, is_suspected) in [
        (quote!(methods! { a }), true),
        (
            quote!(
                const A: u8 = 1;
            ),
            false,
        ),
    ] {
        let messages = messages(&expand(&item));
        let [message] = &messages[..] else { panic!("{item}: {messages:?}") };
        assert_eq!(message.contains("a macro inside the impl"), is_suspected, "{message}");
    }
}

#[test]
fn a_character_is_no_text() {
    let keys = quote!(name = 'e', drivers = ["example"]);
    let output = crate::interface(keys, quote!(impl Vendor {}));
    assert!(messages(&output).iter().any(|message| message.starts_with("`name` is a text")));
}

#[test]
fn what_the_compiler_refuses_is_not_registered_in_silence() {
    let output = expand_with(&quote!(task: &mut Task, data: String, data: u8));
    assert_eq!(messages(&output), [""; 0]);
    assert!(is_refused_at_last(&output));
    assert!(!registers(&output, "send"));
}

/// It may have been about anything: the method's type would be judged by what was not meant.
#[test]
fn a_key_that_was_not_read_leaves_its_method_out() {
    let output = expand(&quote! {
        #[passthru(methods = ["GET"], async_call: false)]
        async fn read(&self, task: &mut Task) -> Result<u8> { Ok(8) }
    });
    assert_eq!(messages(&output).len(), 1);
    assert!(!registers(&output, "read"));
}

#[test]
fn a_type_without_a_size_is_no_argument() {
    for ty in [quote!(str), quote!([u8]), quote!(dyn Debug), quote!((str))] {
        let messages = messages(&expand_with(&quote!(task: &mut Task, data: #ty)));
        let [message] = &messages[..] else { panic!("{ty}: {messages:?}") };
        assert!(message.starts_with("`send` must know the size of its arguments"), "{message}");
    }
}
