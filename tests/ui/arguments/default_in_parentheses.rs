//! Here a key gets its value by `=`.

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
        #[arg(default(3))] _attempts: u8,
        // mend: #[arg(default = 3)] _attempts: u8,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
