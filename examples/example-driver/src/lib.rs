//! A driver to read first: one interface, one method of each kind.
//! It talks to no BMC; a real one would where the comments say so.

use serde::{Deserialize, Serialize};
use vendor_passthru::prelude::*;

/// Vendor methods of the `example` driver.
#[derive(Debug, Default)]
pub struct ExampleVendor;

impl VendorInterface for ExampleVendor {
    fn get_properties(&self) -> Properties {
        Properties::new().optional("example_address", "Address of the BMC.")
    }
}

#[vendor_interface(name = "example", drivers = ["example"])]
impl ExampleVendor {
    /// Authentication types the BMC supports.
    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn authentication_types(&self, _context: &Context) -> Result<AuthenticationTypes> {
        Ok(AuthenticationTypes { types: ["NONE", "MD5", "MD2"] })
    }

    /// Send raw bytes to the BMC.
    #[passthru(methods = ["POST"])]
    async fn send_raw(&self, _task: &mut Task, raw_bytes: RawBytes) -> Result<()> {
        let RawBytes(_bytes) = raw_bytes; // they would go to the BMC here
        Ok(())
    }
}

/// The answer of `authentication_types`.
#[derive(Debug, Serialize)]
pub struct AuthenticationTypes {
    types: [&'static str; 3],
}

/// Bytes written as `"0x01 0x02"`: at least one, in hexadecimal, with spaces between.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub struct RawBytes(Vec<u8>);

impl TryFrom<String> for RawBytes {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let bytes: Vec<u8> = text.split_whitespace().map(byte).collect::<Result<_, _>>()?;
        if bytes.is_empty() {
            return Err("expected at least one byte, such as \"0x01 0x02\"".to_owned());
        }
        Ok(Self(bytes))
    }
}

fn byte(text: &str) -> Result<u8, String> {
    // A sign would be a number, but no byte.
    let digits = text.strip_prefix("0x").filter(|digits| !digits.starts_with('+'));
    let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
    byte.ok_or_else(|| format!("{text:?} is not a byte, such as \"0x0a\""))
}

#[cfg(test)]
mod tests {
    use vendor_passthru::testing::{TestConductor, json};

    use super::*;

    #[tokio::test]
    async fn authentication_types_are_listed() {
        let conductor = TestConductor::new(ExampleVendor);
        let called =
            conductor.call_driver(HttpMethod::Get, "authentication_types", json!({})).await;
        assert_eq!(called.value::<serde_json::Value>(), json!({"types": ["NONE", "MD5", "MD2"]}));
    }

    #[tokio::test]
    async fn good_bytes_are_sent_in_the_background() {
        let conductor = TestConductor::new(ExampleVendor);
        let bytes = json!({"raw_bytes": "0x01 0x2"});
        assert_eq!(conductor.call(HttpMethod::Post, "send_raw", bytes).await.status(), 202);
        conductor.finished().await;
        assert_eq!(conductor.last_error(), None);
    }

    #[tokio::test]
    async fn malformed_bytes_are_refused_before_the_lock() {
        let conductor = TestConductor::new(ExampleVendor);
        conductor.lock_for_somebody_else().await;
        for (arguments, says) in [
            (json!({}), "`$.raw_bytes` is missing"),
            (json!({"raw_bytes": ""}), "at least one byte"),
            (json!({"raw_bytes": "0x01 2"}), "\"2\" is not a byte"),
            (json!({"raw_bytes": "0x100"}), "\"0x100\" is not a byte"),
            (json!({"raw_bytes": "0x+1"}), "\"0x+1\" is not a byte"),
            (json!({"raw_bytes": 1}), "expected a string"),
        ] {
            let called = conductor.call(HttpMethod::Post, "send_raw", &arguments).await;
            assert_eq!(called.status(), 400);
            assert!(called.message().contains(says), "{arguments}: {}", called.message());
        }
    }

    #[tokio::test]
    async fn a_method_can_be_called_directly() {
        let conductor = TestConductor::new(ExampleVendor);
        let mut task = conductor.task().await.unwrap();
        ExampleVendor.send_raw(&mut task, RawBytes(vec![1])).await.unwrap();
    }
}
