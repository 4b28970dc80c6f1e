//! What comes out whatever happens: where there is nothing to do, and where we are wrong.

use proc_macro2::TokenStream;

use super::{contains, messages};

#[test]
fn an_attribute_that_was_read_does_nothing() {
    let item: TokenStream = "async fn reset(&self) { half-typed }".parse().unwrap();
    let mark = "__read_by_vendor_interface".parse().unwrap();
    assert_eq!(crate::alone("passthru", mark, item.clone()).to_string(), item.to_string());
}

#[test]
fn a_panic_of_ours_is_an_error_that_asks_for_a_report() {
    let item = "impl Vendor { #[passthru(methods = [\"POST\"])] fn reset(&self) {} }";
    let output = crate::guarded(&item.parse().unwrap(), |_| panic!("a defect"));
    assert!(contains(&output, "fn reset(&self) {}"));
    assert!(!contains(&output, "methods ="), "it would say that it stands alone: {output}");
    let [message] = &messages(&output)[..] else { panic!("one error is expected: {output}") };
    assert!(message.contains("please report it"), "{message}");
}
