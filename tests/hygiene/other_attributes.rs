//! Attributes of other crates and of the language on a method.

use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[deprecated]
type Old = u8;

#[vendor_interface(name = "other-attributes", drivers = ["other-attributes"])]
impl Vendor {
    #[tracing::instrument(skip_all, fields(bytes = raw_bytes.len()))]
    #[passthru(methods = ["POST"], async_call = false)]
    async fn traced_above(&self, _task: &mut Task, raw_bytes: String) -> Result<usize> {
        tracing::info!("sent");
        Ok(raw_bytes.len())
    }

    #[driver_passthru(methods = ["POST"], async_call = false)]
    #[tracing::instrument(skip(self, _context))]
    fn traced_below(&self, _context: &Context, number: u32) -> Result<u32> {
        tracing::info!("sent");
        Ok(number)
    }

    #[passthru(methods = ["GET"], async_call = false)]
    #[deprecated = "use `traced_above`"]
    #[must_use = "it is only read"]
    async fn old(&self, _task: &mut Task) -> Result<u8> {
        Ok(1)
    }

    #[passthru(methods = ["GET"], async_call = false)]
    #[expect(deprecated, unused_variables, reason = "to see that it is met")]
    async fn expecting(&self, task: &mut Task, old: Option<Old>) -> Result<u8> {
        Ok(2)
    }

    #[passthru(methods = ["GET"], async_call = false)]
    #[inline]
    #[cold]
    #[doc(hidden)]
    #[rustfmt::skip]
    async fn hidden(&self, #[expect(unused_variables, reason = "as above")] task: &mut Task) -> Result<u8> {
        Ok(3)
    }
}

#[tokio::test]
async fn a_traced_method_answers_and_logs() {
    let conductor = TestConductor::new(Vendor);
    let above = conductor.call(HttpMethod::Post, "traced_above", json!({"raw_bytes": "0x01"}));
    assert_eq!(above.await.value::<usize>(), 4);
    let below = conductor.call_driver(HttpMethod::Post, "traced_below", json!({"number": 42}));
    assert_eq!(below.await.value::<u32>(), 42);
    let log = conductor.log();
    assert!(log.iter().any(|line| line.contains("bytes=4")), "{log:?}");
    assert!(log.iter().any(|line| line.contains("number=42")), "{log:?}");
}

/// That it is called by us and not by its author is no reason for a warning.
#[tokio::test]
async fn a_method_with_attributes_of_the_language_answers_without_a_warning() {
    let conductor = TestConductor::new(Vendor);
    for (method, value) in [("old", 1), ("expecting", 2), ("hidden", 3)] {
        let called = conductor.call(HttpMethod::Get, method, json!({})).await;
        assert_eq!(called.value::<u8>(), value, "{method}");
    }
}

#[derive(Default)]
#[deprecated = "the BMC is no longer made"]
struct Outdated;

#[expect(deprecated, reason = "as above")]
impl VendorInterface for Outdated {}

#[vendor_interface(name = "outdated", drivers = ["outdated"])]
#[expect(deprecated, reason = "as above")]
impl Outdated {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn answer(&self, _task: &mut Task) -> Result<u8> {
        Ok(4)
    }
}

#[tokio::test]
#[expect(deprecated, reason = "as above")]
async fn an_interface_that_is_deprecated_itself_answers_without_a_warning() {
    let conductor = TestConductor::new(Outdated);
    assert_eq!(conductor.call(HttpMethod::Get, "answer", json!({})).await.value::<u8>(), 4);
}
