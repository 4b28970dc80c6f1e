use vendor_passthru::prelude::*;

struct Vendor;

impl Vendor {
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn version(&self, _context: &Context) -> Result<u32> {
        Ok(1)
    }
}

fn main() {}
