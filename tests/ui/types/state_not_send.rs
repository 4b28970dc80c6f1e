//! One instance serves all calls, on all threads of the conductor. An `Rc` must stay on the thread
//! that made it; an `Arc` need not.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor(std::rc::Rc<u8>);
// mend: struct Vendor(std::sync::Arc<u8>);

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
