//! The library under another path: re-exported by a company's own crate, or renamed.

use self::company::vendor::testing::{TestConductor, json};
use self::company::vendor::{Context, HttpMethod, Result, Task, VendorInterface};

/// As a crate of a company's own would re-export the library.
mod company {
    pub(crate) use vendor_passthru as vendor;
}

extern crate vendor_passthru as renamed;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[company::vendor::vendor_interface(
    name = "reexported",
    drivers = ["reexported"],
    crate = crate::reexported::company::vendor,
)]
impl Vendor {
    #[company::vendor::passthru(methods = ["GET"], async_call = false)]
    async fn node(&self, _task: &mut Task, #[arg(default)] number: u8) -> Result<u8> {
        Ok(number)
    }

    #[self::company::vendor::driver_passthru(methods = ["GET"], async_call = false)]
    async fn driver(&self, _context: &Context) -> Result<u8> {
        Ok(2)
    }
}

#[derive(Default)]
struct Renamed;

impl VendorInterface for Renamed {}

#[renamed::vendor_interface(name = "renamed", drivers = ["renamed"], crate = self::renamed)]
impl Renamed {
    #[renamed::passthru(methods = ["GET"], async_call = false)]
    fn node(&self, _task: &mut Task) -> Result<u8> {
        Ok(3)
    }
}

#[tokio::test]
async fn a_reexported_library_serves() {
    let conductor = TestConductor::new(Vendor);
    let called = conductor.call(HttpMethod::Get, "node", json!({"number": 1})).await;
    assert_eq!(called.value::<u8>(), 1);
    let called = conductor.call_driver(HttpMethod::Get, "driver", json!({})).await;
    assert_eq!(called.value::<u8>(), 2);
}

#[tokio::test]
async fn a_renamed_library_serves() {
    let conductor = TestConductor::new(Renamed);
    assert_eq!(conductor.call(HttpMethod::Get, "node", json!({})).await.value::<u8>(), 3);
}
