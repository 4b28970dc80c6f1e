//! The `r#` of a keyword is Rust's alone. In a URL it is not there, and so it does not tell two
//! names apart.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"])]
    async fn r#type(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[passthru(methods = ["POST"], method = "type")]
    // mend: #[passthru(methods = ["POST"])]
    async fn set_type(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
