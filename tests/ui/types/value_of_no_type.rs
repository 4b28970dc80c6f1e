//! The value of a call comes as JSON, and is read into the type that the test wants.

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
    let called = conductor.call(HttpMethod::Get, "read", json!({})).await;
    let value = called.value();
    // mend: let value: u8 = called.value();
    drop((called, value));
}

fn main() {}
