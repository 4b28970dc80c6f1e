//! `#[arg]` says how a value is read from a request. A method that is not marked is called from
//! Rust, with the values that its caller gives.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        self.log(String::new());
        Ok(())
    }

    fn log(&self, #[arg(secret)] _key: String) {}
    // mend: fn log(&self, _key: String) {}
}

fn main() {}
