//! A plain `fn` runs on a thread of its own and is not awaited. A method that waits is an `async
//! fn`, whose type says what it comes to.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    fn read(&self, _task: &mut Task) -> impl Future<Output = Result<u8>> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<u8> {
        async { Ok(8) }
        // mend: Ok(8)
    }
}

fn main() {}
