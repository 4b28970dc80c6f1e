//! `#[args]` reads the whole body into one value. A struct has a field for each argument; a map
//! takes whatever comes.

use vendor_passthru::prelude::*;

struct RawBytes(Vec<u8>);
// mend: #[derive(serde::Deserialize)]
// mend: struct RawBytes {
// mend:     raw_bytes: Vec<u8>,
// mend: }

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[args] _all: RawBytes) -> Result<()> {
        Ok(())
    }
}

fn main() {}
