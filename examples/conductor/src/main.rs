//! A conductor.
use example_driver as _;
use fake_hardware as _;
use vendor_passthru::{Dispatcher, MemoryStore, Node, Registry, Uuid, http};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let nodes = MemoryStore::new();
    for (i, driver) in ["example", "fake-hardware"].into_iter().enumerate() {
        let mut node = Node::new(Uuid::from_u128(i as u128 + 1), driver);
        node.name = Some(format!("node-{i}"));
        nodes.insert(node)?;
    }
    let dispatcher = Dispatcher::builder(Registry::collect()?).nodes(nodes).build()?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:6385").await?;
    axum::serve(listener, http::router(dispatcher, http::AllowAll)).await?;
    Ok(())
}
