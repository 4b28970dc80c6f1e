//! `default_value` is the word of `clap`. Here as in serde it is `default`, and its value is Rust
//! code.

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
        #[arg(default_value = 3)] _attempts: u8,
        // mend: #[arg(default = 3)] _attempts: u8,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
