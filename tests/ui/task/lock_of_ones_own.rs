//! The conductor hands out tasks under the locks it knows: `Task`, which is `Task<Exclusive>`, and
//! `Task<Shared>` for a method with `require_exclusive_lock = false`.

use vendor_passthru::prelude::*;

struct Mine;
// mend:

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &Task<Mine>) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
