//! The key is `secret`. It keeps the value out of logs and of messages.

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
        #[arg(sensitive)] _password: String,
        // mend: #[arg(secret)] _password: String,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
