use vendor_passthru::prelude::*;
use vendor_passthru::{Dispatcher, Registry, http};

/// Vendor methods of the driver `my-ipmi`.
#[derive(Default)]
struct MyVendor;

impl VendorInterface for MyVendor {}

#[vendor_interface(name = "my-ipmi", drivers = ["my-ipmi"])]
impl MyVendor {
    /// Versions of IPMI that the driver speaks.
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn versions(&self, _context: &Context) -> Result<Vec<&'static str>> {
        Ok(vec!["1.5", "2.0"])
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dispatcher = Dispatcher::builder(Registry::collect()?).build()?;
    let app = http::router(dispatcher, http::AllowAll);
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:6385".into());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on {}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}
