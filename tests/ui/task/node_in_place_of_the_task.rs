//! The node is in the task, together with its lock: `task.node()` reads it, and `task.node_mut()`
//! changes it.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _node: &mut vendor_passthru::Node) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
