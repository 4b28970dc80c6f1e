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
        Ok(())
    }
}

fn main() {}
