//! An argument is secret or it is not, which a Rust `bool` says. Written alone, the key means
//! `true`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(secret = "yes")] _key: String) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, #[arg(secret)] _key: String) -> Result<()> {
        Ok(())
    }
}

fn main() {}
