//! The registry makes one instance of each interface that is linked in. Of a generic type, it would
//! not know which one to make.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor<T>(T);

impl<T: Send + Sync + 'static> VendorInterface for Vendor<T> {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl<T: Send + Sync + 'static> Vendor<T> {
// mend: impl Vendor<u32> {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
