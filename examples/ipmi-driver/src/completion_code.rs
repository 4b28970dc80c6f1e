//! Why a BMC refused a command: its completion code.
//! The meanings are those of IPMI 2.0, table 5-2.

use std::fmt;

/// A completion code other than success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompletionCode(pub u8);

impl CompletionCode {
    /// The command needs a higher privilege level than the session has.
    pub const INSUFFICIENT_PRIVILEGE: Self = Self(0xd4);

    fn meaning(self) -> &'static str {
        match self.0 {
            0xc0 => "the BMC is busy",
            0xc1 => "invalid command",
            0xc2 => "invalid command for this logical unit",
            0xc3 => "timeout while processing the command",
            0xc4 => "out of space",
            0xc5 => "invalid or cancelled reservation",
            0xc6 => "request data truncated",
            0xc7 => "invalid length of request data",
            0xc8 => "length limit of a request data field exceeded",
            0xc9 => "parameter out of range",
            0xca => "the requested number of bytes cannot be returned",
            0xcb => "sensor, data or record not present",
            0xcc => "invalid data field in the request",
            0xcd => "illegal command for this sensor or record type",
            0xce => "the response cannot be provided",
            0xcf => "duplicated request",
            0xd0 => "the response cannot be provided while the SDR repository is updated",
            0xd1 => "the response cannot be provided while the firmware is updated",
            0xd2 => "the response cannot be provided while the BMC starts",
            0xd3 => "destination not available",
            0xd4 => "insufficient privilege level, or a security restriction",
            0xd5 => "not supported in the present state",
            0xd6 => "sub-function disabled or not available",
            0x01..=0x7e => "its manufacturer's own code",
            0x80..=0xbe => "a code of this command alone",
            _ => "unspecified error",
        }
    }
}

impl fmt::Display for CompletionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "completion code {:#04x}, {}", self.0, self.meaning())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_shown_with_its_meaning() {
        for (code, shown) in [
            (0xc1, "completion code 0xc1, invalid command"),
            (0x05, "completion code 0x05, its manufacturer's own code"),
            (0x80, "completion code 0x80, a code of this command alone"),
            (0xff, "completion code 0xff, unspecified error"),
            (0xe0, "completion code 0xe0, unspecified error"),
        ] {
            assert_eq!(CompletionCode(code).to_string(), shown);
        }
    }
}
