//! A closure is a function of its own, and a plain one. A loop is part of the method, so it can
//! wait.

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task) -> Result<()> {
        (0..3).for_each(|_| drop(task.save().await));
        // mend: for _ in 0..3 {
        // mend:     task.save().await?;
        // mend: }
        Ok(())
    }
}

fn main() {}
