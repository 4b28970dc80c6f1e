//! Why a vendor method was told to end before it did so by itself.

use std::fmt;
use std::time::Duration;

/// What cut a vendor method short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Interruption {
    /// The conductor shut down, and could wait no longer.
    ShutDown,
    /// It ran longer than its run limit.
    RunLimit(Duration),
    /// Its node's reservation was broken by an operator, or taken by another conductor.
    ReservationLost,
}

impl fmt::Display for Interruption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ShutDown => f.write_str("the conductor shut down"),
            Self::RunLimit(limit) => write!(f, "it ran longer than {} s", limit.as_secs_f64()),
            Self::ReservationLost => f.write_str("it lost the reservation of its node"),
        }
    }
}
