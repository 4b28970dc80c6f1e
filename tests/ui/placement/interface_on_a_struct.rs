use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
#[derive(Default)]
struct Vendor {
    timeout: u32,
}

fn main() {
    let _ = Vendor { timeout: 1 };
}
