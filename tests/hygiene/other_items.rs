//! What else stands in an impl, and where an impl stands.

use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};

struct Vendor {
    prefix: &'static str,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "other-items", drivers = ["other-items"], new = Self::open)]
impl Vendor {
    //! Comments inside the braces are the impl's own.

    const SEPARATOR: &str = " ";

    fn open() -> Self {
        Self { prefix: "0x" }
    }

    /// A helper is no vendor method, though it stands beside one.
    fn hexadecimal(&self, bytes: &[u8]) -> String {
        let bytes: Vec<String> =
            bytes.iter().map(|byte| format!("{}{byte:02x}", self.prefix)).collect();
        bytes.join(Self::SEPARATOR)
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn send_raw(
        &self,
        task: &mut Task,
        #[arg(default = Self::bytes())] bytes: Vec<u8>,
    ) -> Result<String> {
        self.send(task, &bytes).await
    }

    async fn send(&self, _task: &Task, bytes: &[u8]) -> Result<String> {
        Ok(self.hexadecimal(bytes))
    }

    const fn bytes() -> Vec<u8> {
        Vec::new()
    }
}

#[tokio::test]
async fn helpers_stay_and_are_not_served() {
    let conductor = TestConductor::new(Vendor::open());
    let called = conductor.call(HttpMethod::Post, "send_raw", json!({"bytes": [1, 255]})).await;
    assert_eq!(called.value::<String>(), "0x01 0xff");
    let called = conductor.call(HttpMethod::Post, "send_raw", json!({})).await;
    assert_eq!(called.value::<String>(), "");
    assert_eq!(conductor.call(HttpMethod::Post, "hexadecimal", json!({})).await.status(), 400);
}

/// The registry makes the instance by the path of `new`.
#[test]
fn the_instance_is_made_by_new() {
    let registry = vendor_passthru::Registry::collect().unwrap();
    assert_eq!(registry.interfaces("other-items").unwrap().count(), 1);
}

#[tokio::test]
async fn an_impl_inside_a_function_is_served() {
    #[derive(Default)]
    struct Inside;

    impl VendorInterface for Inside {}

    type Answer = Result<u8>;

    #[vendor_interface(name = "inside", drivers = ["inside"])]
    impl Inside {
        #[passthru(methods = ["GET"], async_call = false)]
        async fn answer(&self, _task: &mut Task) -> Answer {
            Ok(42)
        }
    }

    let conductor = TestConductor::new(Inside);
    assert_eq!(conductor.call(HttpMethod::Get, "answer", json!({})).await.value::<u8>(), 42);
    let registry = vendor_passthru::Registry::collect().unwrap();
    assert_eq!(registry.interfaces("inside").unwrap().count(), 1);
}

#[derive(Default)]
struct Generic<const NUMBER: u8>;

impl<const NUMBER: u8> VendorInterface for Generic<NUMBER> {}

#[vendor_interface(name = "generic", drivers = ["generic"])]
impl Generic<42> {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn answer(&self, _task: &mut Task) -> Result<u8> {
        Ok(Self::number())
    }
}

impl<const NUMBER: u8> Generic<NUMBER> {
    fn number() -> u8 {
        NUMBER
    }
}

#[tokio::test]
async fn one_type_of_a_generic_one_is_served() {
    let conductor = TestConductor::new(Generic::<42>);
    assert_eq!(conductor.call(HttpMethod::Get, "answer", json!({})).await.value::<u8>(), 42);
}
