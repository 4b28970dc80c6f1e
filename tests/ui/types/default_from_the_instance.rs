//! The arguments are taken before the method is called, without the instance. What depends on its
//! state is an `Option`, and decided in the method.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor {
    timeout: u32,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(default = self.timeout)] _timeout: u32) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _timeout: Option<u32>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
