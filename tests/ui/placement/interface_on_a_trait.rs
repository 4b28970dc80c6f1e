use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
trait Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, task: &mut Task, #[arg(secret)] key: String) -> Result<()>;
}

fn main() {}
