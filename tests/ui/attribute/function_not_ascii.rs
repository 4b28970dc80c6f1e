//! The name of the function is the name in the URL, where a letter outside ASCII would be three or
//! six other characters. The function keeps its name, if it gets another one there.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    // mend: #[passthru(methods = ["POST"], method = "reset")]
    async fn zurücksetzen(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
