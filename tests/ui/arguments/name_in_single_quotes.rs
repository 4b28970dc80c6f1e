//! Python has both quotes for text. In Rust single ones hold one character.

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
        #[arg(name = 'data')] _text: String,
        // mend: #[arg(name = "data")] _text: String,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
