//! A method that waits may go on on another thread, so what it holds across an `.await` is `Send`.
//! A reference is if what it refers to may be shared, and a `RefCell` may not; a `Mutex` may.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        let bytes = &std::cell::RefCell::new(8);
        // mend: let bytes = &std::sync::Mutex::new(8);
        task.save().await?;
        drop(bytes.take());
        // mend: drop(bytes.lock());
        Ok(())
    }
}

fn main() {}
