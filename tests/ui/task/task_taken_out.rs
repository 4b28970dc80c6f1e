use vendor_passthru::prelude::*;

fn take(task: &mut Task) -> Task {
    std::mem::take(task)
}

fn main() {}
