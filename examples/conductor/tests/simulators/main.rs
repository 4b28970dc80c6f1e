//! The drivers `ipmi` and `redfish` on simulated BMCs: the real program over HTTP on one side,
//! simulators that know nothing of it on the other. Not part of the plain tests, for they want
//! Linux and three programs more, which the failure of a test names:
//!
//! ```text
//! cargo test -p conductor --features simulators --test simulators
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail so"
)]

mod bmc_service;
mod certificate;
mod conductor;
mod directory;
mod image;
mod ipmi;
mod ipmi_failures;
mod ipmi_sim;
mod many_nodes;
mod ports;
mod processes;
mod redfish;
mod redfish_failures;
mod secrets;
#[expect(dead_code, reason = "the tests of the driver need more of it")]
#[path = "../../../redfish-driver/tests/redfish/service.rs"]
mod service;
mod shutdown;
mod subscriptions;
#[expect(dead_code, reason = "the tests of the program need more of it")]
#[path = "../support/mod.rs"]
mod support;
mod sushy;
mod tool;
mod wait;
