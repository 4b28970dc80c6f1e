//! What the tests of the program share: processes whose output is kept, the program as one, and a
//! client for it.

pub(crate) mod client;
pub(crate) mod output;
pub(crate) mod process;
pub(crate) mod program;
