//! A method holds the exclusive lock of its node unless its attribute says
//! `require_exclusive_lock = false`, and the type of its task says the same: `&mut Task` or
//! `&Task`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task<Shared>) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
