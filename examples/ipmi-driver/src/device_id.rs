//! What a BMC says of itself: the answer to Get Device ID (IPMI 2.0, section 20.1).
//! Read from its bytes, shown with the names that the specification has for them.

use serde::Serialize;

use crate::{IpmiError, RawBytes};

/// What kind of BMC it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DeviceId {
    /// Its kind, by its manufacturer's count; 0 is unspecified.
    pub device_id: u8,
    /// The revision of its hardware.
    pub device_revision: u8,
    /// Whether it describes its sensors itself.
    pub provides_sdrs: bool,
    /// Whether it works as usual, and is not updating its firmware or starting.
    pub available: bool,
    /// Its firmware, major and minor: `"9.08"`.
    pub firmware_version: String,
    /// What it speaks: `"2.0"`.
    pub ipmi_version: String,
    /// Its manufacturer, by the number that IANA gave it.
    pub manufacturer_id: u32,
    /// Its product, by its manufacturer's count.
    pub product_id: u16,
}

impl DeviceId {
    /// Get Device ID.
    pub(crate) const REQUEST: RawBytes = RawBytes::app(0x01);

    /// Reads the answer to Get Device ID.
    ///
    /// # Errors
    ///
    /// [`IpmiError::Unintelligible`] when it is too short.
    pub fn read(answer: &[u8]) -> Result<Self, IpmiError> {
        let &[device_id, revision, major, minor, version, _support, m0, m1, m2, p0, p1, ..] =
            answer
        else {
            return Err(IpmiError::unintelligible(format!(
                "{} bytes are too few for a device id",
                answer.len()
            )));
        };
        Ok(Self {
            device_id,
            device_revision: revision & 0x0f,
            provides_sdrs: revision & 0x80 != 0,
            available: major & 0x80 == 0,
            firmware_version: format!("{}.{minor:02x}", major & 0x7f),
            ipmi_version: format!("{:x}.{:x}", version & 0x0f, version >> 4),
            manufacturer_id: u32::from_le_bytes([m0, m1, m2 & 0x0f, 0]),
            product_id: u16::from_le_bytes([p0, p1]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As ipmitool shows the same bytes in `mc info`.
    #[test]
    fn an_answer_is_read_as_the_specification_has_it() {
        let answer = [0x20, 0x83, 0x89, 0x18, 0x51, 0x9f, 0x91, 0x12, 0xf0, 0x02, 0x0f, 1, 2, 3, 4];
        let expected = DeviceId {
            device_id: 32,
            device_revision: 3,
            provides_sdrs: true,
            available: false,
            firmware_version: "9.18".to_owned(),
            ipmi_version: "1.5".to_owned(),
            manufacturer_id: 4753,
            product_id: 3842,
        };
        assert_eq!(DeviceId::read(&answer).unwrap(), expected);
        assert_eq!(DeviceId::read(&answer[..11]).unwrap(), expected);
    }

    #[test]
    fn a_short_answer_is_an_error() {
        let said = DeviceId::read(&[0x20; 10]).unwrap_err();
        assert!(matches!(said, IpmiError::Unintelligible { .. }));
    }
}
