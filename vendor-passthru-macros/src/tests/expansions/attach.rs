use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
impl ExampleVendor {
    #[passthru(methods = ["GET"], async_call = false, attach = true)]
    async fn screenshot(&self, task: &mut Task) -> Result<Attachment> {
        Ok(Attachment::new("image/png", self.png(task).await?))
    }

    async fn png(&self, task: &Task) -> Result<Vec<u8>> {
        Ok(task.node().uuid.as_bytes().to_vec())
    }
}
