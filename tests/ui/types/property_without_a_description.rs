//! Operators read what a property means in the list that clients ask for.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {
    fn get_properties(&self) -> Properties {
        Properties::new().required("example_address")
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
