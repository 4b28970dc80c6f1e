//! One instance serves all calls, several at once. A `Cell` can be changed by one thread alone; a
//! `Mutex` or an atomic by many.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor(std::cell::Cell<u8>);
// mend: struct Vendor(std::sync::Mutex<u8>);

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
