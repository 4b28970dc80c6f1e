//! The dispatcher beside its peers: the same job for each, and every ratio out of one run.
//! What is measured, and how far it is fair, stands in the README of this folder.

pub mod counted;
mod job;
mod log;
pub mod loopback;
mod peer;
mod peers;
mod same;
mod valgrind;
mod wire;

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Result<T, E = Failure> = std::result::Result<T, E>;
