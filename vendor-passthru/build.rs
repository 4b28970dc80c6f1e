//! There is nothing to build. Cargo wants a build script where there is a `links`.

fn main() {}
