//! With `require_exclusive_lock = false` a method holds no exclusive lock, and the type of its task
//! says so: `&Task<Shared>`. A method that needs the lock leaves the key out.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    async fn send_raw(&self, _task: &Task) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &Task<Shared>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
