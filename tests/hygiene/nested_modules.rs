//! An impl in another module than its type, with methods of every visibility.

use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};

#[derive(Default)]
struct Vendor {
    number: u8,
}

impl VendorInterface for Vendor {}

mod outer {
    pub(super) mod inner {
        use vendor_passthru::prelude::{
            Context, Result, Task, driver_passthru, passthru, vendor_interface,
        };

        type Private = u8;

        #[vendor_interface(name = "nested", drivers = ["nested"])]
        impl super::super::Vendor {
            #[passthru(methods = ["GET"], async_call = false)]
            pub(in crate::nested_modules::outer) async fn of_a_module(
                &self,
                _task: &mut Task,
                number: Private,
            ) -> Result<Private> {
                Ok(self.number + number)
            }

            #[passthru(methods = ["GET"], async_call = false)]
            pub(super) fn of_the_parent(&self, _task: &mut Task) -> Result<u8> {
                Ok(self.number)
            }

            #[passthru(methods = ["GET"], async_call = false)]
            async fn private(&self, _task: &mut Task) -> Result<u8> {
                Ok(self.number)
            }

            #[driver_passthru(methods = ["GET"], async_call = false)]
            pub(crate) async fn of_the_crate(&self, _context: &Context) -> Result<u8> {
                Ok(self.number)
            }
        }
    }
}

#[tokio::test]
async fn a_method_is_served_whoever_else_may_call_it() {
    let conductor = TestConductor::new(Vendor { number: 1 });
    let called = conductor.call(HttpMethod::Get, "of_a_module", json!({"number": 2})).await;
    assert_eq!(called.value::<u8>(), 3);
    for method in ["of_the_parent", "private"] {
        let called = conductor.call(HttpMethod::Get, method, json!({})).await;
        assert_eq!(called.value::<u8>(), 1, "{method}");
    }
    let called = conductor.call_driver(HttpMethod::Get, "of_the_crate", json!({})).await;
    assert_eq!(called.value::<u8>(), 1);
}
