//! `Self` in a signature: the type of the impl, wherever it stands.

use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};

#[derive(serde::Deserialize, serde::Serialize)]
struct Vendor {
    number: u8,
}

trait Typed {
    type Request;

    fn new() -> Self;
}

impl Typed for Vendor {
    type Request = u8;

    fn new() -> Self {
        Self { number: 1 }
    }
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "self-types", drivers = ["self-types"], new = <Self as Typed>::new)]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn value(&self, _task: &mut Task, other: Self) -> Result<Self> {
        Ok(Self { number: self.number + other.number })
    }

    #[passthru(methods = ["GET"], async_call = false)]
    async fn projected(
        &self,
        _task: &mut Task,
        request: <Self as Typed>::Request,
        #[arg(default = Self::three())] three: <Vendor as Typed>::Request,
    ) -> Result<<Self as Typed>::Request> {
        Ok(request + three)
    }

    #[passthru(methods = ["GET"], async_call = false)]
    #[expect(clippy::needless_arbitrary_self_type, reason = "that is what it is for")]
    async fn spelled_out(self: &Self, _task: &mut Task) -> Result<u8> {
        Ok(self.number)
    }

    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn whole(&self, _context: &Context, #[args] whole: Box<Self>) -> Result<Option<Self>> {
        Ok(Some(*whole))
    }

    fn three() -> u8 {
        3
    }
}

#[tokio::test]
async fn self_is_the_type_of_the_impl() {
    let conductor = TestConductor::new(Vendor::new());
    let called = conductor.call(HttpMethod::Get, "value", json!({"other": {"number": 2}})).await;
    assert_eq!(called.value::<Vendor>().number, 3);
    let called = conductor.call(HttpMethod::Get, "projected", json!({"request": 4})).await;
    assert_eq!(called.value::<u8>(), 7);
    let called = conductor.call(HttpMethod::Get, "spelled_out", json!({})).await;
    assert_eq!(called.value::<u8>(), 1);
    let called = conductor.call_driver(HttpMethod::Get, "whole", json!({"number": 5})).await;
    assert_eq!(called.value::<Vendor>().number, 5);
}
