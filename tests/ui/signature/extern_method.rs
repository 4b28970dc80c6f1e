//! `extern` gives a function the calling convention of another language. What calls a vendor method
//! is generated Rust code.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    extern "C" fn send_raw(&self, _task: &mut Task) -> Result<()> {
    // mend: fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
