//! Doc comments that are no plain text.

use vendor_passthru::VendorMethods;
use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[doc = include_str!("documented.md")]
#[vendor_interface(name = "documentation", drivers = ["documentation"])]
impl Vendor {
    #[doc = include_str!("documented.md")]
    #[passthru(methods = ["GET"], async_call = false)]
    async fn included(&self, _task: &mut Task) -> Result<u8> {
        Ok(1)
    }

    #[doc = include_str!("documented.md")]
    #[passthru(methods = ["GET"], async_call = false, description = "For the listing.")]
    async fn included_and_described(&self, _task: &mut Task) -> Result<u8> {
        Ok(2)
    }

    /// The first paragraph,
    /// to its end.
    #[doc = concat!("It is", " not read by the attribute.")]
    ///
    /// Another paragraph.
    #[passthru(methods = ["GET"], async_call = false)]
    #[doc(alias = "other")]
    async fn mixed(&self, _task: &mut Task) -> Result<u8> {
        Ok(3)
    }

    /** A block
    of two lines. */
    #[passthru(methods = ["GET"], async_call = false)]
    async fn block(&self, _task: &mut Task) -> Result<u8> {
        Ok(4)
    }
}

#[tokio::test]
async fn a_documented_method_answers() {
    let conductor = TestConductor::new(Vendor);
    let methods = ["included", "included_and_described", "mixed", "block"];
    for (method, value) in methods.into_iter().zip(1..) {
        let called = conductor.call(HttpMethod::Get, method, json!({})).await;
        assert_eq!(called.value::<u8>(), value, "{method}");
    }
}

/// A file is read after our attribute is gone: its text cannot be the description.
#[test]
fn a_description_is_text_that_stands_at_the_method() {
    let description = |name| {
        let mut methods = Vendor::METHODS.iter().map(|method| &method.metadata);
        methods.find(|method| method.name == name).unwrap().description
    };
    assert_eq!(description("included"), "");
    assert_eq!(description("included_and_described"), "For the listing.");
    assert_eq!(description("mixed"), "The first paragraph, to its end.");
    assert_eq!(description("block"), "A block of two lines.");
}
