use vendor_passthru::prelude::*;

#[vendor_interface(name = "example", drivers = ["example", "other"])]
impl ExampleVendor {
    /// Authentication types the BMC supports.
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn authentication_types(&self, context: &Context) -> Result<AuthenticationTypes> {
        Ok(AuthenticationTypes::of(context))
    }
}
