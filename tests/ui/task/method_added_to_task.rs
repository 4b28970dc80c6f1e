use vendor_passthru::prelude::*;

impl Task {
    fn release(self) {}
}

fn main() {}
