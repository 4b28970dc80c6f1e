//! `Task<Validating>` is what `validate` is given, before the method. With
//! `require_exclusive_lock = false` the method itself is given a `&Task<Shared>`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    async fn send_raw(&self, _task: &Task<Validating>) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &Task<Shared>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
