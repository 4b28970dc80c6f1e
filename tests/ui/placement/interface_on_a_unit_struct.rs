use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
#[derive(Default)]
struct Vendor;

fn main() {
    let _ = Vendor;
}
