//! What half-typed code comes to, as an editor sends it: the compiler would have stopped before.

use proc_macro2::{TokenStream, TokenTree};
use syn::{File, ImplItem, Item};

/// What the macro makes of an impl that ends in the good method `reset`.
struct Expanded {
    output: TokenStream,
    errors: Vec<String>,
}

fn expand(attribute: &str, items: &str) -> Expanded {
    let reset = "#[passthru(methods = [\"POST\"])]
        async fn reset(&self, task: &mut Task) -> Result<()> { Ok(()) }";
    expand_item(attribute, &format!("impl Vendor {{ {items} {reset} }}"))
}

fn expand_item(attribute: &str, item: &str) -> Expanded {
    let output = super::interface(attribute.parse().unwrap(), item.parse().unwrap());
    Expanded { errors: compile_errors(output.clone()), output }
}

/// The texts of all `compile_error!`.
fn compile_errors(output: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = output.into_iter().collect();
    let is_error = |token: &TokenTree| token.to_string() == "compile_error";
    let texts = tokens.windows(3).filter(|three| is_error(&three[0])).map(|three| {
        let TokenTree::Group(braces) = &three[2] else { panic!("`compile_error` without braces") };
        syn::parse2::<syn::LitStr>(braces.stream()).unwrap().value()
    });
    texts.collect()
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
        without_spaces(&self.output.to_string()).contains(&without_spaces(code))
    }

    /// Whether a method of this public name is in the table.
    fn registers(&self, name: &str) -> bool {
        self.contains(&format!("name: \"{name}\""))
    }
}

fn without_spaces(code: &str) -> String {
    code.split_whitespace().collect()
}

const INTERFACE: &str = "name = \"example\", drivers = [\"example\"]";

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
        let expanded = expand(INTERFACE, &half);
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
    let expanded = expand(INTERFACE, half);
    assert_eq!(expanded.errors, ["expected `:`"]);
    assert!(expanded.contains("async fn half(&self, task: &mut Task, raw_bytes)"));
    assert!(!expanded.contains("#[passthru"));
    assert!(expanded.registers("reset"));
}

#[test]
fn a_method_without_a_body_yet_loses_no_other_method() {
    let half = "#[passthru(methods = [\"POST\"])]
        async fn half(&self, task: &mut Task) -> Result<()>";
    let expanded = expand(INTERFACE, half);
    assert_eq!(expanded.errors.len(), 1);
    assert!(
        expanded.contains("async fn half(&self, task: &mut Task) -> Result<()> async fn reset")
    );
    assert!(expanded.registers("reset"));
}

/// The compiler reads the body in the output, and says what is wrong with it.
#[test]
fn a_syntax_error_inside_a_body_is_left_to_the_compiler() {
    let half = "#[passthru(methods = [\"POST\"])]
        async fn half(&self, task: &mut Task) -> Result<()> { let bytes = ; task.send() }";
    let expanded = expand(INTERFACE, half);
    assert!(expanded.errors.is_empty());
    assert!(expanded.contains("{ let bytes = ; task.send() }"));
    assert!(expanded.registers("half"));
    assert!(expanded.registers("reset"));
}

#[test]
fn an_unknown_item_is_left_as_it_is() {
    for item in ["bogus! { a, b }", "const A: u8 = { 1 };", "pub", "fn", "#[doc = \"x\"]", "type A"]
    {
        let expanded = expand(INTERFACE, &format!("{item} ;"));
        assert!(expanded.errors.is_empty(), "{item}: {:?}", expanded.errors);
        assert!(expanded.contains(item), "{item}");
        assert!(expanded.registers("reset"), "{item}");
    }
}

#[test]
fn attributes_inside_the_braces_stay_there() {
    let expanded = expand(INTERFACE, "#![doc = \"Vendor methods.\"]");
    assert!(expanded.errors.is_empty());
    assert!(expanded.contains("impl Vendor { #![doc = \"Vendor methods.\"]"));
    assert_eq!(expanded.functions(), ["reset"]);
    assert!(expanded.registers("reset"));
}

#[test]
fn a_half_typed_header_loses_no_method() {
    let expanded = expand_item(
        INTERFACE,
        "impl Vendor for { #[passthru(methods = [\"POST\"])] async fn half(&self) {} }",
    );
    assert_eq!(expanded.errors.len(), 1);
    assert!(expanded.contains("impl Vendor for { async fn half(&self) {} }"));
}

#[test]
fn an_impl_that_went_through_a_macro_by_example_is_read() {
    let item: TokenStream = "impl Vendor {
        #[passthru(methods = [\"POST\"])]
        async fn reset(&self, task: &mut Task) -> Result<()> { Ok(()) }
    }"
    .parse()
    .unwrap();
    let grouped = proc_macro2::Group::new(proc_macro2::Delimiter::None, item);
    let output = super::interface(INTERFACE.parse().unwrap(), TokenTree::from(grouped).into());
    let expanded = Expanded { errors: compile_errors(output.clone()), output };
    assert!(expanded.errors.is_empty());
    assert!(expanded.registers("reset"));
}

#[test]
fn the_authors_code_comes_before_the_errors() {
    let output = expand("", "").output.to_string();
    assert!(output.find("fn reset").unwrap() < output.find("compile_error").unwrap());
}
