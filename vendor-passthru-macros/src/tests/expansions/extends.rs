#[vendor_interface(
    name = "example-2",
    drivers = ["example-2"],
    extends = self.inner.base,
    removes = ["eject", "status"]
)]
impl Vendor {
    /// Takes the place of an inherited one.
    #[driver_passthru(methods = ["GET"], async_call = false, overrides)]
    async fn version(&self, context: &Context) -> Result<u32> {
        Ok(2)
    }
}
