use vendor_passthru::prelude::*;

#[passthru(methods = ["POST"])]
struct Vendor;

fn main() {
    let _ = Vendor;
}
