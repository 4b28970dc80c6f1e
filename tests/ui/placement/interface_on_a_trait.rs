//! The registry makes an instance of a type and calls its methods. A trait has no instance, and
//! only declares methods.

use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
// mend: #[derive(Default)]
trait Vendor {
// mend: struct Vendor;
// mend:
// mend: impl VendorInterface for Vendor {}
// mend:
// mend: #[vendor_interface(name = "example", drivers = ["example"])]
// mend: impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task, #[arg(secret)] key: String) -> Result<()>;
    // mend: async fn send_raw(&self, task: &mut Task, #[arg(secret)] key: String) -> Result<()> {
    // mend:     let _ = (task, key);
    // mend:     Ok(())
    // mend: }
}

fn main() {}
