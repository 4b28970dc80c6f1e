//! What half-typed code comes to, as an editor sends it: the compiler would have stopped before.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{File, ImplItem, Item};

use super::{contains, is_refused_at_last, messages, registers};

const KEYS: &str = "name = \"example\", drivers = [\"example\"]";

/// What the macro makes of an impl.
struct Expanded {
    output: TokenStream,
    errors: Vec<String>,
}

/// Of an impl that ends in the good method `reset`.
fn expand(attribute: &str, items: &str) -> Expanded {
    let reset = "#[passthru(methods = [\"POST\"])]
        async fn reset(&self, task: &mut Task) -> Result<()> { Ok(()) }";
    expand_item(attribute, &format!("impl Vendor {{ {items} {reset} }}"))
}

fn expand_item(attribute: &str, item: &str) -> Expanded {
    expand_tokens(attribute, item.parse().unwrap())
}

fn expand_tokens(attribute: &str, item: TokenStream) -> Expanded {
    let output = crate::interface(attribute.parse().unwrap(), item);
    Expanded { errors: messages(&output), output }
}

impl Expanded {
    /// The functions of the impl as it comes out, if the output is good Rust.
    fn functions(&self) -> Vec<String> {
        let file: File = syn::parse2(self.output.clone()).unwrap();
        let Some(Item::Impl(vendor)) = file.items.into_iter().next() else { panic!("no impl") };
        let functions = vendor.items.into_iter().filter_map(|item| match item {
            ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
            _ => None,
        });
        functions.collect()
    }

    fn contains(&self, code: &str) -> bool {
        contains(&self.output, code)
    }

    fn registers(&self, name: &str) -> bool {
        registers(&self.output, name)
    }
}

#[test]
fn a_half_typed_attribute_of_a_method_is_one_error_and_loses_nothing() {
    for keys in [
        "",
        "methods",
        "methods =",
        "methods = []",
        "methods = [\"GET\" \"POST\"]",
        "methods = [,]",
        "methods [\"GET\"]",
        "methods: [\"GET\"]",
        "methds",
        "= [\"GET\"]",
        "methods = [\"GET\"], async_call =",
        "methods = [\"GET\"], async_call = fals",
        "methods = [\"GET\"], method = ",
        "methods = [\"GET\"], require",
    ] {
        let half = format!(
            "#[passthru({keys})] async fn half(&self, task: &mut Task) -> Result<()> {{ Ok(()) }}"
        );
        let expanded = expand(KEYS, &half);
        assert_eq!(expanded.errors.len(), 1, "{keys}: {:?}", expanded.errors);
        assert_eq!(expanded.functions(), ["half", "reset"], "{keys}");
        assert!(expanded.registers("reset"), "{keys}");
    }
}

#[test]
fn a_half_typed_attribute_of_the_interface_is_one_error_and_loses_no_method() {
    for keys in [
        "",
        "name, drivers = [\"example\"]",
        "name =, drivers = [\"example\"]",
        "name = \"example\", drivers",
        "name = \"example\", drivers =",
        "name = \"example\", drivers = []",
        "name = \"example\", drive",
        "name = \"example\", drivers = [example]",
    ] {
        let expanded = expand(keys, "");
        assert_eq!(expanded.errors.len(), 1, "{keys}: {:?}", expanded.errors);
        assert_eq!(expanded.functions(), ["reset"], "{keys}");
        assert!(expanded.registers("reset"), "{keys}");
    }
}

#[test]
fn a_parameter_without_a_type_loses_no_other_method() {
    let half = "#[passthru(methods = [\"POST\"])]
        async fn half(&self, task: &mut Task, raw_bytes) -> Result<()> { Ok(()) }";
    let expanded = expand(KEYS, half);
    assert!(expanded.errors.is_empty());
    assert!(is_refused_at_last(&expanded.output));
    assert!(expanded.contains("async fn half(&self, task: &mut Task, raw_bytes)"));
    assert!(!expanded.contains("methods ="));
    assert!(expanded.registers("reset"));
}

#[test]
fn a_method_without_a_body_yet_loses_no_other_method() {
    let half = "#[passthru(methods = [\"POST\"])]
        async fn half(&self, task: &mut Task) -> Result<()>";
    let expanded = expand(KEYS, half);
    assert!(expanded.errors.is_empty());
    assert!(is_refused_at_last(&expanded.output));
    assert!(expanded.contains("async fn half(&self, task: &mut Task) -> Result<()> #[allow("));
    assert!(expanded.registers("reset"));
}

/// The compiler reads the body in the output, and says what is wrong with it.
#[test]
fn a_syntax_error_inside_a_body_is_left_to_the_compiler() {
    let half = "#[passthru(methods = [\"POST\"])]
        async fn half(&self, task: &mut Task) -> Result<()> { let bytes = ; task.send() }";
    let expanded = expand(KEYS, half);
    assert!(expanded.errors.is_empty());
    assert!(expanded.contains("{ let bytes = ; task.send() }"));
    assert!(expanded.registers("half"));
    assert!(expanded.registers("reset"));
}

#[test]
fn an_unknown_item_is_left_as_it_is() {
    for item in ["bogus! { a, b }", "const A: u8 = { 1 };", "pub", "fn", "#[doc = \"x\"]", "type A"]
    {
        let expanded = expand(KEYS, &format!("{item} ;"));
        assert!(expanded.errors.is_empty(), "{item}: {:?}", expanded.errors);
        assert!(expanded.contains(item), "{item}");
        assert!(expanded.registers("reset"), "{item}");
    }
}

#[test]
fn attributes_inside_the_braces_stay_there() {
    let expanded = expand(KEYS, "#![doc = \"Vendor methods.\"]");
    assert!(expanded.errors.is_empty());
    assert!(expanded.contains("impl Vendor { #![doc = \"Vendor methods.\"]"));
    assert_eq!(expanded.functions(), ["reset"]);
    assert!(expanded.registers("reset"));
}

#[test]
fn a_half_typed_header_loses_no_method() {
    let expanded = expand_item(
        KEYS,
        "impl Vendor for { #[passthru(methods = [\"POST\"])] async fn half(&self) {} }",
    );
    assert!(expanded.errors.is_empty());
    assert!(is_refused_at_last(&expanded.output));
    assert!(expanded.contains("async fn half(&self) {} }"));
}

#[test]
fn an_impl_that_went_through_a_macro_by_example_is_read() {
    let item: TokenStream = "impl Vendor {
        #[passthru(methods = [\"POST\"])]
        async fn reset(&self, task: &mut Task) -> Result<()> { Ok(()) }
    }"
    .parse()
    .unwrap();
    let grouped = Group::new(Delimiter::None, item);
    let expanded = expand_tokens(KEYS, TokenTree::from(grouped).into());
    assert!(expanded.errors.is_empty());
    assert!(expanded.registers("reset"));
}

#[test]
fn the_authors_code_comes_before_the_errors() {
    let output = expand("", "").output.to_string();
    assert!(output.find("fn reset").unwrap() < output.find("compile_error").unwrap());
}

/// The compiler stops at such brackets, an editor does not.
#[test]
fn what_is_left_over_in_brackets_loses_nothing() {
    for half in [
        "#[passthru name (methods = [\"POST\"])] async fn half(&self, task: &mut Task) {}",
        "#[doc \"Resets.\"] async fn half(&self, task: &mut Task) {}",
        "async fn half(&self, #[arg secret] key: String) {}",
        "async fn half(&self, key: [u8; 2 2]) {}",
        "#[passthru(methods = [\"POST\"])] async fn half(&self, key: [u8; 2 2]) {}",
    ] {
        let expanded = expand(KEYS, half);
        assert!(expanded.contains("async fn half(&self,"), "{half}");
        assert!(expanded.registers("reset"), "{half}");
    }
}

#[test]
fn what_is_left_over_in_a_value_is_a_mistake_of_the_value() {
    let half = "#[passthru(methods = [\"POST\"], run_limit = LIMITS[0 1])]
        async fn half(&self, task: &mut Task) -> Result<()> { Ok(()) }";
    let expanded = expand(KEYS, half);
    let [error] = &expanded.errors[..] else { panic!("{:?}", expanded.errors) };
    assert!(error.starts_with("`run_limit` is a `Duration`"), "{error}");
    assert!(expanded.registers("reset"));
}

#[test]
fn an_impl_in_brackets_is_none_and_comes_out_in_them() {
    let expanded = expand_item(KEYS, "(impl Vendor { async fn reset(&self) {} })");
    assert_eq!(expanded.errors, ["`#[vendor_interface]` goes on an inherent `impl` block"]);
    assert!(expanded.contains("(impl Vendor { async fn reset(&self) {} })"));
}

#[test]
fn what_is_left_over_in_a_default_loses_no_secret() {
    let half = "#[passthru(methods = [\"POST\"])]
        async fn half(
            &self,
            task: &mut Task,
            #[arg(secret, default = KEYS[0 1])] key: String,
        ) -> Result<()> { Ok(()) }";
    let expanded = expand(KEYS, half);
    let [error] = &expanded.errors[..] else { panic!("{:?}", expanded.errors) };
    assert!(error.starts_with("`default` is an expression"), "{error}");
}

#[test]
fn vendor_methods_in_the_impl_of_a_trait_come_out_beside_it() {
    let item = "impl VendorInterface for Vendor {
        fn get_properties(&self) -> Properties { Properties::new() }
        #[passthru(methods = [\"POST\"])]
        async fn reset(&self, task: &mut Task) -> Result<()> { Ok(()) }
    }";
    let expanded = expand_item(KEYS, item);
    assert_eq!(expanded.errors.len(), 1);
    assert_eq!(expanded.functions(), ["get_properties"]);
    assert!(expanded.contains("impl Vendor { #[allow("));
}

/// The compiler has spoken of them, and would again.
#[test]
fn attributes_without_an_item_do_not_come_out() {
    let item = "impl Vendor {
        #[passthru(methods = [\"POST\"])]
        async fn reset(&self, task: &mut Task) -> Result<()> { Ok(()) }
        /// Half-typed.
        #[passthru(methods = [\"POST\"])]
    }";
    let expanded = expand_item(KEYS, item);
    assert!(expanded.errors.is_empty());
    assert_eq!(expanded.functions(), ["reset"]);
    assert!(expanded.registers("reset"));
}

/// It would be said to stand alone, were it left.
#[test]
fn an_unreadable_attribute_leaves_none_of_ours() {
    let half = "#[passthru(methods = [\"POST\"])]
        #[doc =]
        async fn half(&self, task: &mut Task) -> Result<()> { Ok(()) }";
    let expanded = expand(KEYS, half);
    assert!(is_refused_at_last(&expanded.output));
    assert!(!expanded.contains("methods = [\"POST\"]"));
    assert!(expanded.contains("#[doc =] async fn half(&self, task: &mut Task)"));
    assert!(expanded.registers("reset"));
}

#[test]
fn a_function_after_anything_half_typed_is_still_one() {
    for half in ["pub x [0]", "pub x #", "= [\"GET\"]"] {
        let half = format!("#[passthru(methods = [\"POST\"])] {half} async fn half(&self) {{}}");
        let expanded = expand(KEYS, &half);
        assert_eq!(expanded.errors, [""; 0], "{half}");
        assert!(is_refused_at_last(&expanded.output), "{half}");
        assert!(expanded.registers("reset"), "{half}");
    }
}

#[test]
fn a_half_typed_impl_is_one() {
    let expanded = expand_item(KEYS, "impl Vendor for { async fn half(&self) {} }");
    assert_eq!(expanded.errors, [""; 0]);
    assert!(is_refused_at_last(&expanded.output));
}
