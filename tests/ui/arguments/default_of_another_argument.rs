//! Arguments are read one by one, each by itself, so that everything wrong with them is said in one
//! answer. What hangs on another one is made in the method.

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
        _first: u8,
        #[arg(default = _first)] _second: u8,
        // mend: _second: Option<u8>,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
