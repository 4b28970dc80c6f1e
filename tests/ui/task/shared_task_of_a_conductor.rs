//! The type of a task is the lock it is held under, in a test as well. `task` takes the exclusive
//! one.

use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor};

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false)]
    async fn read(&self, _task: &mut Task) -> Result<u8> {
        Ok(8)
    }
}

async fn test(conductor: &TestConductor) {
    let mut task = conductor.shared_task().await.unwrap();
    // mend: let mut task = conductor.task().await.unwrap();
    assert_eq!(Vendor.read(&mut task).await.unwrap(), 8);
}

fn main() {}
