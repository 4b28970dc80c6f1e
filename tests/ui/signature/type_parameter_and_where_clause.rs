//! A client sends JSON and no type. The bound narrows down what `T` can be, but nobody could say
//! what it is.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw<T>(&self, _task: &mut Task, _raw_bytes: T) -> Result<()>
    // mend: async fn send_raw(&self, _task: &mut Task, _raw_bytes: String) -> Result<()> {
    where
    // mend:
        T: Into<String>,
        // mend:
    {
    // mend:
        Ok(())
    }
}

fn main() {}
