//! The signature of a function is all that others know of it, so Rust infers no type in it. A value
//! of any shape is an `impl serde::Serialize`.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<_> {
    // mend: async fn read(&self, _task: &mut Task) -> Result<impl serde::Serialize> {
        Ok(8)
    }
}

fn main() {}
