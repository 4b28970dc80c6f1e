use vendor_passthru::prelude::*;

struct Vendor;

impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, #[arg(secret)] _key: String) -> Result<()> {
        Ok(())
    }

    async fn twice(&self, task: &mut Task) -> Result<()> {
        self.send_raw(task, String::new()).await
    }
}

fn main() {}
