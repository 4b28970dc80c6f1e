//! The instance is made once and lives as long as its conductor. Whatever it borrowed would have to
//! live as long, so it owns its state, or borrows it as `'static`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor<'a>(&'a str);
// mend: struct Vendor(String);

impl VendorInterface for Vendor<'_> {}
// mend: impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor<'_> {
// mend: impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
