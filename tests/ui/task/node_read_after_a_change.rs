//! `before` would be the changed node, not the one from before: it is lent by the task, which shows
//! the changes that were made through it. A copy stays as it was.

use vendor_passthru::prelude::*;

fn send_raw(task: &mut Task) -> String {
    let before = task.node();
    // mend: let before = task.node().clone();
    task.node_mut().driver = "ipmi".to_owned();
    before.driver.clone()
}

fn main() {}
