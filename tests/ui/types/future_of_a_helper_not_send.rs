//! A method that waits may go on on another thread, so what it holds across an `.await` is `Send`.
//! That goes for the helpers it awaits, too.

use vendor_passthru::prelude::*;

async fn wait() {
    let bytes = std::rc::Rc::new(8);
    // mend: let bytes = std::sync::Arc::new(8);
    std::future::ready(()).await;
    drop(bytes);
}

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        wait().await;
        task.save().await
    }
}

fn main() {}
