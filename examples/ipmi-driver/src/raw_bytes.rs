//! A request as its bytes, `"0x06 0x01"`: network function, command and data.
//! Written as `ipmitool raw` takes it; the data may hold a password, so no message shows it.

use std::fmt;

use serde::Deserialize;

/// The addresses, sequence number, and checksums around the command of a message (IPMI 2.0, section
/// 13.8, figure 13-4), without the network function, which is a byte of the request.
const AROUND: usize = 5;

/// A LAN packet gives the length of its message in one byte (IPMI 2.0, table 13-8, the v1.5
/// format). The one of v2.0 could say more, but no BMC has to take it.
const LONGEST: usize = u8::MAX as usize - AROUND;

/// Network functions have six bits, and that of a request is even (IPMI 2.0, section 5.1).
const LAST_NET_FN: u8 = 0x3e;

/// A request to a BMC, by its bytes.
///
/// ```
/// use ipmi_driver::RawBytes;
///
/// let get_device_id: RawBytes = "0x06 0x01".parse()?;
/// assert_eq!((get_device_id.net_fn(), get_device_id.command()), (6, 1));
/// assert!("0x07 0x01".parse::<RawBytes>().is_err()); // an answer
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub struct RawBytes {
    net_fn: u8,
    command: u8,
    data: Vec<u8>,
}

impl RawBytes {
    /// A request of the application network function that has no data.
    pub(crate) const fn app(command: u8) -> Self {
        Self { net_fn: 0x06, command, data: Vec::new() }
    }

    /// The network function.
    #[must_use]
    pub fn net_fn(&self) -> u8 {
        self.net_fn
    }

    /// The command.
    #[must_use]
    pub fn command(&self) -> u8 {
        self.command
    }

    /// What follows the command.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// All bytes, in their order.
    pub(crate) fn bytes(&self) -> impl ExactSizeIterator<Item = u8> {
        (0..self.data.len() + 2).map(|at| match at {
            0 => self.net_fn,
            1 => self.command,
            _ => self.data.get(at - 2).copied().unwrap_or_default(),
        })
    }
}

/// Without the data.
impl fmt::Debug for RawBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#04x} {:#04x} and {} bytes", self.net_fn, self.command, self.data.len())
    }
}

impl std::str::FromStr for RawBytes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let written = text.split_whitespace().zip(1..);
        let mut bytes =
            written.map(|(byte, place)| read(byte, place)).collect::<Result<Vec<_>, _>>()?;
        if bytes.len() > LONGEST {
            return Err(format!("{} bytes are more than the {LONGEST} of a message", bytes.len()));
        }
        let [net_fn, command, ..] = *bytes else {
            return Err(
                "expected network function and command at least, such as \"0x06 0x01\"".to_owned()
            );
        };
        if net_fn > LAST_NET_FN || net_fn % 2 != 0 {
            return Err(format!(
                "{net_fn:#04x} is not the network function of a request: an even number up to 0x3e"
            ));
        }
        bytes.drain(..2);
        Ok(Self { net_fn, command, data: bytes })
    }
}

impl TryFrom<String> for RawBytes {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// One byte, hexadecimal with `0x` or else decimal; the message names its place and not its value.
fn read(byte: &str, place: usize) -> Result<u8, String> {
    let is_number = |digits: &str, radix| digits.chars().all(|digit| digit.is_digit(radix));
    let hexadecimal = byte.strip_prefix("0x").or_else(|| byte.strip_prefix("0X"));
    let read = match hexadecimal {
        Some(digits) if is_number(digits, 16) => u8::from_str_radix(digits, 16).ok(),
        None if is_number(byte, 10) => {
            if is_octal(byte) {
                return Err(format!(
                    "byte {place} has a leading zero, which ipmitool takes for octal: put `0x` \
                     before it"
                ));
            }
            byte.parse().ok()
        }
        _ => None,
    };
    read.ok_or_else(|| format!("byte {place} is not a byte such as `0x0a` or `10`"))
}

/// Whether it would be another number, or none, in C, which is how ipmitool reads it.
fn is_octal(byte: &str) -> bool {
    let digits = byte.trim_start_matches('0');
    digits.len() < byte.len() && (digits.len() > 1 || digits >= "8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Result<Vec<u8>, String> {
        text.parse().map(|request: RawBytes| request.bytes().collect())
    }

    #[test]
    fn bytes_are_what_ipmitool_takes_them_for() {
        assert_eq!(bytes("0x06 0x01"), Ok(vec![6, 1]));
        assert_eq!(bytes("6 1"), Ok(vec![6, 1]));
        assert_eq!(bytes("06 00 07 000"), Ok(vec![6, 0, 7, 0]));
        assert_eq!(
            bytes("\t0X2e 0xFf\n10 255 0x0 0x005 0"),
            Ok(vec![0x2e, 0xff, 10, 255, 0, 5, 0])
        );
    }

    #[test]
    fn what_is_no_byte_is_refused_by_its_place() {
        let no_byte = "byte 3 is not a byte such as `0x0a` or `10`";
        for byte in
            ["ff", "0x", "0x100", "256", "-1", "+1", "0x+1", "0x-1", "1,2", "0b1", "1e0", "١"]
        {
            assert_eq!(bytes(&format!("6 1 {byte}")), Err(no_byte.to_owned()), "{byte}");
        }
        for byte in ["010", "08", "0009", "017"] {
            let said = bytes(&format!("6 1 2 {byte}")).unwrap_err();
            assert!(said.starts_with("byte 4 has a leading zero"), "{byte}: {said}");
        }
    }

    #[test]
    fn network_function_and_command_are_needed() {
        for text in ["", " ", "0x06"] {
            assert!(bytes(text).unwrap_err().contains("network function and command"), "{text}");
        }
    }

    #[test]
    fn only_requests_are_sent() {
        assert_eq!(bytes("0x3e 1"), Ok(vec![0x3e, 1]));
        for text in ["0x07 1", "0x3f 1", "0x40 1", "255 1"] {
            assert!(bytes(text).unwrap_err().contains("not the network function"), "{text}");
        }
    }

    #[test]
    fn a_message_is_bounded() {
        assert_eq!(bytes(&"0x06 ".repeat(250)).unwrap().len(), 250);
        assert_eq!(
            bytes(&"0x06 ".repeat(251)),
            Err("251 bytes are more than the 250 of a message".to_owned())
        );
    }

    #[test]
    fn data_is_not_shown() {
        let request: RawBytes = "0x06 0x47 2 2 0x73".parse().unwrap();
        assert_eq!(format!("{request:?}"), "0x06 0x47 and 3 bytes");
    }
}
