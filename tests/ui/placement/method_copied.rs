//! A copied method keeps its name until it gets another one. It is the compiler that says so, for
//! any two functions of an impl.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
    // mend: async fn send_more(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
