//! A default is made while the request is read, and nothing waits there. What has to wait is done
//! in the method, by an `Option`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(default = std::future::ready(30).await)] _timeout: u32) -> Result<()> {
    // mend: async fn send_raw(&self, _task: &mut Task, _timeout: Option<u32>) -> Result<()> {
        Ok(())
    }
}

fn main() {}
