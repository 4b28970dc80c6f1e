//! The value of `#[args]` holds every key of the body, `data` and `more` included. It is a map or a
//! struct, and they are found there.

use std::collections::HashMap;

use vendor_passthru::prelude::*;

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "example", drivers = ["example"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(
        &self,
        _task: &mut Task,
        #[args] _all: HashMap<String, String>,
        _data: String,
        // mend:
        _more: String,
        // mend:
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {}
