//! Values as Ironic's clients and operators write them: `"True"` for true, `"623"` for 623.
//! For arguments of vendor methods and for properties in `driver_info`.
//!
//! `baremetal node passthru call .. --arg warm=True` sends the text `"True"`, and a `driver_info` that
//! was set with `--driver-info ipmi_port=623` may hold a number or a text. A driver that Ironic's users
//! come to takes both.
//!
//! ```
//! use serde::Deserialize;
//! use vendor_passthru::lenient::{Flag, Text};
//!
//! /// A UDP port.
//! #[derive(Debug, Deserialize, PartialEq)]
//! #[serde(try_from = "Text")]
//! struct Port(u16);
//!
//! impl TryFrom<Text> for Port {
//!     type Error = &'static str;
//!
//!     fn try_from(Text(text): Text) -> Result<Self, &'static str> {
//!         text.parse().map(Self).map_err(|_| "expected a port from 0 to 65535")
//!     }
//! }
//!
//! # fn main() -> Result<(), serde_json::Error> {
//! for written in ["623", "\"623\""] {
//!     assert_eq!(serde_json::from_str::<Port>(written)?, Port(623));
//! }
//! for written in ["true", "\"True\"", "\"yes\"", "1"] {
//!     assert_eq!(serde_json::from_str::<Flag>(written)?, Flag(true));
//! }
//! # Ok(())
//! # }
//! ```

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// A truth value, also in the words of Ironic's clients: 1, `"1"`, `"t"`, `"true"`, `"on"`, `"y"`,
/// `"yes"` and 0, `"0"`, `"f"`, `"false"`, `"off"`, `"n"`, `"no"`, in whatever case.
///
/// These are the words of `bool_from_string` in `oslo.utils`. Any other one is refused, where Ironic
/// takes it for false.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flag(pub bool);

/// A text, or the digits of a whole number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(pub String);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AsFlag)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AsText)
    }
}

struct AsFlag;

impl Visitor<'_> for AsFlag {
    type Value = Flag;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false, also as 1 or 0, \"yes\" or \"no\", \"on\" or \"off\"")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Flag, E> {
        Ok(Flag(value))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Flag, E> {
        match number {
            0 => Ok(Flag(false)),
            1 => Ok(Flag(true)),
            _ => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Flag, E> {
        match text.trim().to_ascii_lowercase().as_str() {
            "1" | "t" | "true" | "on" | "y" | "yes" => Ok(Flag(true)),
            "0" | "f" | "false" | "off" | "n" | "no" => Ok(Flag(false)),
            _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}

struct AsText;

impl Visitor<'_> for AsText {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a whole number")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Text, E> {
        Ok(Text(text))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    #[test]
    fn a_flag_is_read_from_every_word_that_ironic_knows() {
        for (words, flag) in [
            (json!([true, 1, "1", "t", "True", "ON", "y", " yes\n"]), true),
            (json!([false, 0, "0", "f", "False", "OFF", "n", " no\n"]), false),
        ] {
            for word in words.as_array().unwrap() {
                assert_eq!(from_value::<Flag>(word.clone()).unwrap(), Flag(flag), "{word}");
            }
        }
    }

    #[test]
    fn any_other_word_is_no_flag() {
        let says = "expected true or false, also as 1 or 0, \"yes\" or \"no\", \"on\" or \"off\"";
        for word in [json!(2), json!(-1), json!(1.0), json!("warm"), json!(""), Value::Null] {
            let refused = from_value::<Flag>(word.clone()).unwrap_err().to_string();
            assert!(refused.ends_with(says), "{word}: {refused}");
        }
    }

    #[test]
    fn a_text_is_a_text_or_the_digits_of_a_whole_number() {
        for (written, text) in
            [(json!("a"), "a"), (json!(""), ""), (json!(623), "623"), (json!(-1), "-1")]
        {
            assert_eq!(from_value::<Text>(written).unwrap(), Text(text.to_owned()));
        }
        for written in [json!(1.5), json!(true), json!(["a"]), Value::Null] {
            let refused = from_value::<Text>(written).unwrap_err().to_string();
            assert!(refused.ends_with("expected a text or a whole number"), "{refused}");
        }
    }
}
