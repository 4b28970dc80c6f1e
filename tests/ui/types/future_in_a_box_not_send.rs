//! A method that waits may go on on another thread, so what it holds across an `.await` is `Send`.
//! What hides behind a trait object is not known, so its type says so.

use vendor_passthru::prelude::*;

use std::pin::Pin;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        let wait: Pin<Box<dyn Future<Output = ()>>> = Box::pin(std::future::ready(()));
        // mend: let wait: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(std::future::ready(()));
        wait.await;
        task.save().await
    }
}

fn main() {}
