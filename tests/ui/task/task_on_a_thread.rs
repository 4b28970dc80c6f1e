use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) {
    std::thread::spawn(move || task.node_mut().name = None);
}

fn main() {}
