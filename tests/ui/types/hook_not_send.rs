//! A hook that waits may go on on another thread, so what it holds across an `.await` is `Send`. An
//! `Rc` must stay on the thread that made it; an `Arc` need not.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {
    async fn validate(&self, _task: &Task<Validating>, _call: &Call) -> Result<()> {
        let bytes = std::rc::Rc::new(8);
        // mend: let bytes = std::sync::Arc::new(8);
        std::future::ready(()).await;
        drop(bytes);
        Ok(())
    }
}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
