//! A future need not be boxed to be called: it is boxed when the method is. A method that waits is
//! an `async fn`, whose type says what it comes to.

use vendor_passthru::prelude::*;

use std::pin::Pin;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    fn read(&self, _task: &mut Task) -> Pin<Box<dyn Future<Output = Result<u8>> + Send>> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<u8> {
        Box::pin(async { Ok(8) })
        // mend: Ok(8)
    }
}

fn main() {}
