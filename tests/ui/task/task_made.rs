use vendor_passthru::prelude::*;

fn main() {
    let _ = Task::new;
}
