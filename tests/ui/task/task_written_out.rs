use vendor_passthru::prelude::*;

fn task() -> Task {
    Task {}
}

fn main() {}
