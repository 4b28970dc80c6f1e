//! A call of a test conductor runs through locks and workers as any other, so the test waits for
//! its answer.

use vendor_passthru::prelude::*;
use vendor_passthru::testing::{json, TestConductor};

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<u8> {
        Ok(8)
    }
}

async fn test(conductor: &TestConductor) {
    let called = conductor.call(HttpMethod::Get, "read", json!({}));
    // mend: let called = conductor.call(HttpMethod::Get, "read", json!({})).await;
    assert_eq!(called.status(), 200);
}

fn main() {}
