//! A method that waits may go on on another thread, so what it holds across an `.await` is `Send`.
//! A guard in the condition of an `if let` is held to the end of its block; one in a `let` of its
//! own ends there.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor(std::sync::Mutex<Vec<u8>>);

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        if let Some(seconds) = self.0.lock().unwrap().last() {
        // mend: let last = self.0.lock().unwrap().last().copied();
        // mend: if let Some(seconds) = last {
            std::future::ready(seconds).await;
        }
        task.save().await
    }
}

fn main() {}
