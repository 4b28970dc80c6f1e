use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example"])]
impl ExampleVendor {
    #[passthru(methods = ["GET", "POST", "PUT", "PATCH", "DELETE"], async_call = false)]
    async fn forward(
        &self,
        task: &mut Task,
        http_method: HttpMethod,
        #[args] body: Map<String, Value>,
    ) -> Result<Value> {
        self.send(task, http_method, body).await
    }

    #[driver_passthru(methods = ["DELETE"])]
    async fn verb_alone(&self, context: &Context, http_method: HttpMethod) -> Result<()> {
        Ok(())
    }
}
