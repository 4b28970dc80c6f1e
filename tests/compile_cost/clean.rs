//! What the first check of a new driver costs, with all that it depends on.

use std::fs;

use crate::Kind::Annotated;
use crate::generated::Crate;
use crate::report::goal;
use crate::workspace::Workspace;
use crate::{Failure, cpu};

const DRIVER: Crate = Crate { kind: Annotated, methods: 1 };

const HELLO: &str = "hello_axum";

const MANIFEST: &str = r#"
[package]
name = "hello_axum"
version = "0.0.0"
edition = "2024"

[dependencies]
axum = "0.8"
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
"#;

const HELLO_WORLD: &str = r#"
use axum::Router;
use axum::routing::get;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/", get(async || "Hello, World!"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, app).await
}
"#;

const ROUNDS: u32 = 3;

pub(crate) fn measured() -> Result<(), Failure> {
    let others = [(HELLO, MANIFEST, "src/main.rs", HELLO_WORLD)];
    let workspace = Workspace::of("clean", &[DRIVER], &others)?;
    workspace.cargo(&["fetch"])?;
    let driver = DRIVER.to_string();
    let checks = [(driver.as_str(), "--lib"), (HELLO, "--bins")];
    let [driver, hello] = cpu::least(ROUNDS, checks, |(name, part)| {
        let target = workspace.path("target");
        if target.exists() {
            fs::remove_dir_all(target)?;
        }
        workspace.cargo(&["check", "--offline", "--package", name, part]).map(drop)
    })?;
    println!("clean `cargo check`, CPU time, the least of {ROUNDS} rounds");
    println!("  {:<44}{driver:>10.1}", "a driver of one method, seconds");
    println!("  {:<44}{hello:>10.1}", "an axum hello world");
    goal("the first as a part of the second", driver / hello, 1.0);
    Ok(())
}
