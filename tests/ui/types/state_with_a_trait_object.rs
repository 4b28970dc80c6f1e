//! One instance serves all calls, on all threads of the conductor. What hides behind a trait object
//! is not known, so its type says that it can be sent and shared.

use vendor_passthru::prelude::*;

struct Vendor(Box<dyn Fn() -> u8>);
// mend: struct Vendor(Box<dyn Fn() -> u8 + Send + Sync>);

impl Default for Vendor {
    fn default() -> Self {
        Self(Box::new(|| 8))
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
