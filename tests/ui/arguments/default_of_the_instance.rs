//! A default is made where arguments are read, before the call has anything to do with the
//! instance.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    const ATTEMPTS: u8 = 3;

    #[passthru(methods = ["POST"])]
    async fn send_raw(
        &self,
        _task: &mut Task,
        #[arg(default = self.attempts)] _attempts: u8,
        // mend: #[arg(default = Self::ATTEMPTS)] _attempts: u8,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
