//! A client sees a message and a status, and the type alone does not say which. Its conversion
//! does, and is written once for all methods.

use vendor_passthru::prelude::*;

enum Failed {
    NoAnswer,
}
// mend: }
// mend: impl From<Failed> for Error {
// mend:     fn from(_: Failed) -> Self {
// mend:         VendorPassthruException::new("the BMC does not answer").with_status(504).into()
// mend:     }
// mend: }

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<u8, Failed> {
        Ok(8)
    }
}

fn main() {}
