//! A call is made as a client makes it, but with the HTTP method as the enum that a driver has it
//! in, so none can be misspelt.

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
    let called = conductor.call("GET", "read", json!({})).await;
    // mend: let called = conductor.call(HttpMethod::Get, "read", json!({})).await;
    assert_eq!(called.status(), 200);
}

fn main() {}
