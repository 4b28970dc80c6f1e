//! The argument `warm` of `bmc_reset`: a truth value as Ironic's clients write it.
//! Unlike Ironic, a text that is none is refused, not taken for a cold reset.

use serde::Deserialize;
use vendor_passthru::lenient::Flag;

use crate::RawBytes;

/// How a BMC is reset; read from whether it is to be a warm reset.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(from = "Flag")]
pub enum Reset {
    /// The BMC starts anew and keeps its settings and sessions as far as it can.
    Warm,
    /// The BMC starts anew as after power on.
    Cold,
}

impl Reset {
    /// The command for it (IPMI 2.0, sections 20.2 and 20.3).
    pub(crate) fn request(self) -> RawBytes {
        RawBytes::app(match self {
            Self::Cold => 0x02,
            Self::Warm => 0x03,
        })
    }
}

impl From<Flag> for Reset {
    fn from(Flag(warm): Flag) -> Self {
        if warm { Self::Warm } else { Self::Cold }
    }
}
