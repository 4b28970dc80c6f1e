//! A method holds the exclusive lock of its node unless its attribute says otherwise, and then its
//! task is a `&mut Task` or a `&Task`. A method that only reads its node leaves the lock to others.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    // mend: #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    fn send_raw(&self, _task: &Task<Shared>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
