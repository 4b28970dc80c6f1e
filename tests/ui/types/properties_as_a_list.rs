//! Every property has a description, and is required or optional. `Properties` knows both.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {
    fn get_properties(&self) -> Vec<String> {
    // mend: fn get_properties(&self) -> Properties {
        vec!["example_address".to_owned()]
        // mend: Properties::new().required("example_address", "Address of the BMC.")
    }
}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

fn main() {}
