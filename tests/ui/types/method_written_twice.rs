//! A name is given once in an impl. The key `method` gives the public name, and the function
//! another one.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn reset(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"], method = "reset_now")]
    async fn reset(&self, _task: &mut Task) -> Result<()> {
    // mend: async fn reset_now(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
