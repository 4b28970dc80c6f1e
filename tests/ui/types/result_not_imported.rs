//! The library's `Result` knows its error, so it needs the value's type alone. Without the import
//! this is the one of `std`, which wants both.

use vendor_passthru::{passthru, vendor_interface, Task, VendorInterface};
// mend: use vendor_passthru::{passthru, vendor_interface, Result, Task, VendorInterface};

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<u8> {
        Ok(8)
    }
}

fn main() {}
