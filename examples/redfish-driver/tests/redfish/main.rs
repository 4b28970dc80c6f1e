//! The drivers on a small Redfish service, each test named after its rule.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod answers;
mod driver_info;
mod idrac;
mod service;
mod subscriptions;
mod tls;
mod virtual_media;

use redfish_driver::RedfishVendor;
use serde_json::{Map, Value};
use vendor_passthru::testing::TestConductor;

use self::service::Service;

/// A conductor whose node has this service as its BMC.
fn conductor(service: &Service) -> TestConductor {
    conductor_with(service.driver_info())
}

fn conductor_with(driver_info: Map<String, Value>) -> TestConductor {
    TestConductor::with_node(RedfishVendor::default(), |node| node.driver_info = driver_info)
}
