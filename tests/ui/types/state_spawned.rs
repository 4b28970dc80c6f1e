//! A method borrows the instance for one call, and what is spawned may outlive it. What both need
//! is shared in an `Arc`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor {
    name: String,
    // mend: name: std::sync::Arc<String>,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        tokio::spawn(async move { self.name.len() });
        // mend: let name = std::sync::Arc::clone(&self.name);
        // mend: tokio::spawn(async move { name.len() });
        task.save().await
    }
}

fn main() {}
