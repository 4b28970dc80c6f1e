//! An asynchronous method runs on a worker and a plain `fn` on a thread of its own, and the
//! arguments go there with it. An `Rc` must stay on the thread that made it; an `Arc` need not.

use vendor_passthru::prelude::*;

#[derive(serde::Deserialize)]
#[serde(from = "Vec<u8>")]
struct Local(std::rc::Rc<Vec<u8>>);
// mend: struct Local(std::sync::Arc<Vec<u8>>);

impl From<Vec<u8>> for Local {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, _raw_bytes: Local) -> Result<()> {
        Ok(())
    }
}

fn main() {}
