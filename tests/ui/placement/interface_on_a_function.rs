use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
fn vendor() {}

fn main() {
    vendor();
}
