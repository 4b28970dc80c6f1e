//! The upgraded task ends with its call, and what is spawned may outlive it. An asynchronous call
//! runs in the background already, so the method can wait by itself.

use vendor_passthru::prelude::*;

fn spawn(_future: impl Future<Output = ()> + Send + 'static) {}

async fn flash(_task: &Task) {}

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"], require_exclusive_lock = false)]
    async fn send_raw(&self, task: &Task<Shared>) -> Result<()> {
        let upgraded = task.upgrade_lock().await?;
        spawn(async move { flash(&upgraded).await });
        // mend: flash(&upgraded).await;
        Ok(())
    }
}

fn main() {}
