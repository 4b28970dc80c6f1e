//! Clients would have to know how the conductor was compiled. Two methods, each under its
//! condition, are two lists of arguments that can be read.

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
        #[cfg(unix)] _data: String,
        // mend: _data: String,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
