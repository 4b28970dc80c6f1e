//! One instance serves all calls, on all threads of the conductor. Of a raw pointer Rust does not
//! know whether that is sound; of a shared value it does.

use vendor_passthru::prelude::*;

struct Vendor(*const u8);
// mend: struct Vendor(std::sync::Arc<u8>);

impl Default for Vendor {
    fn default() -> Self {
        Self(std::ptr::null())
        // mend: Self(8.into())
    }
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
