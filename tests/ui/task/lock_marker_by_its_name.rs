use vendor_passthru::prelude::*;

fn exclusive() -> Exclusive {
    Exclusive
}

fn main() {}
