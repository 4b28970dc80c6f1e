//! What is said of an argument stands at its parameter, where its name and its type are.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    #[arg(secret)]
    // mend:
    async fn send_raw(&self, _task: &mut Task, _key: String) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, #[arg(secret)] _key: String) -> Result<()> {
        Ok(())
    }
}

fn main() {}
