use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

#[vendor_interface(name = "example", drivers = ["example"])]
impl VendorInterface for Vendor {
    fn get_properties(&self) -> Properties {
        Properties::new()
    }
}

fn main() {}
