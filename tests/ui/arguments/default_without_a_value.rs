//! With `=` a value is expected, and without it the default of the type is meant.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(
        &self,
        _task: &mut Task,
        #[arg(default =)] _attempts: u8,
        // mend: #[arg(default)] _attempts: u8,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
