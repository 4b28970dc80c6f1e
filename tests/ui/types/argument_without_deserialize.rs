//! The arguments of a call are read out of its JSON body by serde, each into the type of its
//! parameter.

use vendor_passthru::prelude::*;

struct RawBytes(Vec<u8>);
// mend: #[derive(serde::Deserialize)]
// mend: struct RawBytes(Vec<u8>);

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
