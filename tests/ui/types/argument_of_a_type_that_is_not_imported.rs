//! The types of a signature are looked up where the method is written, like those of any function.
//! What is declared in another module is imported.

use vendor_passthru::prelude::*;
// mend: use self::raw::RawBytes;
// mend: use vendor_passthru::prelude::*;

mod raw {
    #[derive(serde::Deserialize)]
    pub struct RawBytes(Vec<u8>);
}

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: RawBytes) -> Result<()> {
        Ok(())
    }
}

fn main() {}
