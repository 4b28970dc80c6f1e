//! `#[cfg(..)]` on a method.

use vendor_passthru::VendorMethods;
use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "conditional", drivers = ["conditional"])]
impl Vendor {
    #[cfg(test)]
    #[passthru(methods = ["GET"], async_call = false)]
    async fn present(&self, _task: &mut Task) -> Result<u8> {
        Ok(1)
    }

    #[cfg(not(test))]
    #[passthru(methods = ["GET"], async_call = false)]
    async fn absent(&self, _task: &mut Task) -> Result<NoSuchType> {
        Ok(NoSuchType)
    }

    #[cfg(test)]
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn either(&self, _context: &Context) -> Result<u8> {
        Ok(2)
    }

    #[cfg(not(test))]
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn either(&self, _context: &Context) -> Result<NoSuchType> {
        Ok(NoSuchType)
    }
}

struct Absent;

#[cfg(not(test))]
#[vendor_interface(name = "absent", drivers = ["conditional"])]
impl Absent {
    #[passthru(methods = ["GET"])]
    async fn absent(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

#[vendor_interface(name = "absent", drivers = ["conditional"])]
#[cfg(not(test))]
impl Absent {
    #[passthru(methods = ["GET"])]
    async fn absent(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_method_under_a_true_condition_is_served() {
    let conductor = TestConductor::new(Vendor);
    assert_eq!(conductor.call(HttpMethod::Get, "present", json!({})).await.value::<u8>(), 1);
}

#[tokio::test]
async fn a_method_under_a_false_condition_is_not_there() {
    let names: Vec<&str> = Vendor::METHODS.iter().map(|method| method.metadata.name).collect();
    assert_eq!(names, ["present", "either"]);
    let conductor = TestConductor::new(Vendor);
    assert_eq!(conductor.call(HttpMethod::Get, "absent", json!({})).await.status(), 400);
}

#[tokio::test]
async fn one_name_under_two_conditions_is_served_once() {
    let conductor = TestConductor::new(Vendor);
    let called = conductor.call_driver(HttpMethod::Get, "either", json!({})).await;
    assert_eq!(called.value::<u8>(), 2);
}

#[test]
fn an_impl_under_a_false_condition_is_not_registered() {
    let registry = vendor_passthru::Registry::collect().unwrap();
    let names: Vec<&str> = registry.interfaces("conditional").unwrap().map(|i| i.name).collect();
    assert_eq!(names, ["conditional"]);
    let _ = Absent;
}
