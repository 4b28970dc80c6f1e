//! Storing the node waits for the conductor's store, and only an `async fn` waits with `.await`. A
//! plain `fn` waits with `tokio::runtime::Handle::current().block_on(task.save())`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    fn send_raw(&self, task: &mut Task) -> Result<()> {
    // mend: async fn send_raw(&self, task: &mut Task) -> Result<()> {
        task.save().await
    }
}

fn main() {}
