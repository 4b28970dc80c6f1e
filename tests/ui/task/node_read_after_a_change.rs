use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) -> String {
    let before = task.node();
    task.node_mut().driver = "ipmi".to_owned();
    before.driver.clone()
}

fn main() {}
