//! How the attributes are named: by an import of each, or by a path of their own.

use vendor_passthru::testing::{TestConductor, json};
use vendor_passthru::{
    Context, HttpMethod, Result, Task, VendorInterface, driver_passthru, passthru, vendor_interface,
};

#[derive(Default)]
struct ByName;

impl VendorInterface for ByName {}

#[vendor_interface(name = "by-name", drivers = ["by-name"])]
impl ByName {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn node(&self, _task: &mut Task) -> Result<u8> {
        Ok(1)
    }

    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn driver(&self, _context: &Context) -> Result<u8> {
        Ok(2)
    }
}

mod without_imports {
    #[derive(Default)]
    pub(super) struct ByPath;

    impl ::vendor_passthru::VendorInterface for ByPath {}

    #[::vendor_passthru::vendor_interface(name = "by-path", drivers = ["by-path"])]
    impl ByPath {
        #[::vendor_passthru::passthru(methods = ["GET"], async_call = false)]
        async fn node(&self, _task: &mut ::vendor_passthru::Task) -> ::vendor_passthru::Result<u8> {
            Ok(3)
        }

        #[vendor_passthru::prelude::driver_passthru(methods = ["GET"], async_call = false)]
        async fn driver(&self, _context: &vendor_passthru::Context) -> vendor_passthru::Result<u8> {
            Ok(4)
        }
    }
}

#[tokio::test]
async fn an_attribute_that_is_imported_by_name_counts_as_used() {
    let conductor = TestConductor::new(ByName);
    assert_eq!(conductor.call(HttpMethod::Get, "node", json!({})).await.value::<u8>(), 1);
    let called = conductor.call_driver(HttpMethod::Get, "driver", json!({})).await;
    assert_eq!(called.value::<u8>(), 2);
}

#[tokio::test]
async fn an_attribute_needs_no_import() {
    let conductor = TestConductor::new(without_imports::ByPath);
    assert_eq!(conductor.call(HttpMethod::Get, "node", json!({})).await.value::<u8>(), 3);
    let called = conductor.call_driver(HttpMethod::Get, "driver", json!({})).await;
    assert_eq!(called.value::<u8>(), 4);
}
