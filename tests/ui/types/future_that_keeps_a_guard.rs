//! A method that waits may go on on another thread, and a guard of `std` must be dropped on the one
//! that locked. What it guards is copied out before the `.await`; the guard of an async mutex may
//! be kept.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor(std::sync::Mutex<u8>);

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        let _bytes = self.0.lock().unwrap();
        // mend: let _bytes = *self.0.lock().unwrap();
        std::future::ready(()).await;
        Ok(())
    }
}

fn main() {}
