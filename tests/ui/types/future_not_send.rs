//! A method that waits may go on on another thread, so what it holds across an `.await` is `Send`.
//! An `Rc` must stay on the thread that made it; an `Arc` need not.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        let bytes = std::rc::Rc::new(8);
        // mend: let bytes = std::sync::Arc::new(8);
        std::future::ready(()).await;
        drop(bytes);
        Ok(())
    }
}

fn main() {}
