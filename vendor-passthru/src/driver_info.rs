//! A node's `driver_info`, read property by property.
//! All that is wrong with it comes back together.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::text::{Quoted, nearest};
use crate::value::{self, Refused, Wrong};
use crate::{Properties, Result};

/// Reads a node's `driver_info` as an interface's [`Properties`] have it, and collects all that is
/// wrong. Made by [`Properties::read_from`].
///
/// ```
/// use vendor_passthru::prelude::*;
///
/// /// How to reach a BMC.
/// struct Bmc {
///     address: String,
///     port: u16,
///     password: Option<String>,
/// }
///
/// fn properties() -> Properties {
///     Properties::new()
///         .required("bmc_address", "Address of the BMC.")
///         .optional("bmc_port", "UDP port of the BMC, 623 by default.")
///         .optional_secret("bmc_password", "Password of the user.")
/// }
///
/// impl Bmc {
///     fn of(node: &Node) -> Result<Self> {
///         let properties = properties();
///         let mut info = properties.read_from(&node.driver_info);
///         let address = info.take("bmc_address");
///         let port = info.take_or("bmc_port", || 623);
///         let password = info.take("bmc_password");
///         info.finish()?; // everything that is wrong, at once
///         Ok(Self { address: address?, port: port?, password: password? })
///     }
/// }
///
/// let mut node = Node::new(vendor_passthru::Uuid::new_v4(), "example");
/// node.driver_info.insert("bmc_port".into(), 70_000.into());
/// node.driver_info.insert("bmc_password".into(), 1234.into());
/// assert_eq!(
///     Bmc::of(&node).map(|_| ()).unwrap_err().to_string(),
///     "the node's driver_info cannot be used: `bmc_address` is missing; `bmc_port` is invalid: \
///      invalid value: integer `70000`, expected u16; `bmc_password` is not acceptable; it is: \
///      Password of the user."
/// );
/// ```
#[derive(Debug)]
#[must_use = "`finish` says what is wrong"]
pub struct DriverInfo<'a> {
    properties: &'a Properties,
    values: &'a Map<String, Value>,
    problems: Vec<String>,
}

/// All that is wrong with a node's `driver_info`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the node's driver_info cannot be used: {}", problems.join("; "))]
pub struct InvalidDriverInfo {
    problems: Vec<String>,
}

impl InvalidDriverInfo {
    /// The problems in the order in which the properties were taken; never empty, and without the
    /// value of a secret.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl<'a> DriverInfo<'a> {
    pub(crate) fn new(properties: &'a Properties, values: &'a Map<String, Value>) -> Self {
        Self { properties, values, problems: Vec::new() }
    }

    /// The value of a property. One that is absent, or `null`, is what its type makes of nothing:
    /// `None` for an `Option`, a problem for anything else and where the property is required.
    ///
    /// # Errors
    ///
    /// [`Refused`]; [`finish`](Self::finish) says why.
    pub fn take<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, Refused> {
        self.take_else(name, value::absent)
    }

    /// The value of an optional property, or else what `default` makes.
    ///
    /// # Errors
    ///
    /// [`Refused`]; [`finish`](Self::finish) says why.
    pub fn take_or<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
        default: impl FnOnce() -> T,
    ) -> Result<T, Refused> {
        self.take_else(name, || Some(default()))
    }

    /// The value of a property, or what is made of nothing where it may be left out.
    fn take_else<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
        absent: impl FnOnce() -> Option<T>,
    ) -> Result<T, Refused> {
        let taken = match self.value(name) {
            Some(value) => self.read(name, value),
            None if self.is_required(name) => Err(self.missing(name)),
            None => absent().ok_or_else(|| self.missing(name)),
        };
        self.keep(name, taken)
    }

    /// Notes what is wrong with a property for a reason of the driver's own, such as two that do not
    /// go together. The reason is public: a secret is no part of it.
    pub fn refuse(&mut self, name: &str, reason: impl fmt::Display) {
        self.problems.push(format!("`{name}` is invalid: {reason}"));
    }

    /// Says what was wrong with the properties that were taken, all of it.
    ///
    /// # Errors
    ///
    /// [`InvalidDriverInfo`], a 400, with every problem.
    pub fn finish(self) -> Result<(), InvalidDriverInfo> {
        if self.problems.is_empty() {
            return Ok(());
        }
        Err(InvalidDriverInfo { problems: self.problems })
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.values.get(name).filter(|value| !value.is_null())
    }

    fn is_required(&self, name: &str) -> bool {
        self.properties.get(name).is_some_and(|property| property.required)
    }

    fn read<T: DeserializeOwned>(&self, name: &str, value: &Value) -> Result<T, String> {
        value::read(value).map_err(|error| {
            let secret = self.properties.get(name).filter(|property| property.secret);
            if let Some(secret) = secret {
                return format!("`{name}` is not acceptable; it is: {}", secret.description);
            }
            let Wrong { path, reason } = Wrong::at(name.to_owned(), error);
            format!("`{path}` is invalid: {reason}")
        })
    }

    fn missing(&self, name: &str) -> String {
        let unknown = self.values.keys().map(String::as_str);
        let unknown = unknown.filter(|key| self.properties.get(key).is_none());
        let hint = Hint(nearest(name, unknown));
        format!("`{name}` is missing{hint}")
    }

    /// What is not declared, nobody can know to set.
    fn keep<T>(&mut self, name: &str, taken: Result<T, String>) -> Result<T, Refused> {
        let taken = match self.properties.get(name) {
            Some(_) => taken,
            None => Err(format!("`{name}` is not among the properties of the vendor interface")),
        };
        taken.map_err(|problem| {
            self.problems.push(problem);
            Refused
        })
    }
}

/// A key that may have been meant.
struct Hint<'a>(Option<&'a str>);

impl fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |near| write!(f, ", but there is {}", Quoted(near)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn properties() -> Properties {
        Properties::new()
            .required("address", "Address.")
            .optional("port", "Port.")
            .required_secret("key", "Key.")
            .optional_secret("password", "Password.")
    }

    /// What is said of these values.
    fn problems(
        values: Value,
        take: impl FnOnce(&mut DriverInfo<'_>) -> Result<(), Refused>,
    ) -> String {
        let Value::Object(values) = values else { panic!("{values}") };
        let properties = properties();
        let mut info = properties.read_from(&values);
        let taken = take(&mut info);
        let finished = info.finish();
        assert_eq!(taken.is_err(), finished.is_err());
        finished.map_or_else(|wrong| wrong.problems().join("; "), |()| String::new())
    }

    #[test]
    fn a_property_is_of_the_type_that_takes_it() {
        let said = problems(json!({"address": "a", "port": 623}), |info| {
            assert_eq!(info.take::<String>("address")?, "a");
            assert_eq!(info.take::<u16>("port")?, 623);
            assert_eq!(info.take::<Option<u16>>("port")?, Some(623));
            Ok(())
        });
        assert_eq!(said, "");
        let said = problems(json!({"port": {"number": [1, "x"]}}), |info| {
            info.take::<std::collections::HashMap<String, Vec<u16>>>("port").map(drop)
        });
        let says = "`port.number[1]` is invalid: invalid type: string \"x\", expected u16";
        assert_eq!(said, says);
    }

    #[test]
    fn an_absent_or_null_property_is_what_its_type_makes_of_nothing() {
        for values in [json!({}), json!({"port": null})] {
            let said = problems(values.clone(), |info| {
                assert_eq!(info.take::<Option<u16>>("port")?, None);
                assert_eq!(info.take_or("port", || 623)?, 623);
                Ok(())
            });
            assert_eq!(said, "");
            let said = problems(values, |info| info.take::<u16>("port").map(drop));
            assert_eq!(said, "`port` is missing");
        }
    }

    #[test]
    fn a_required_property_is_missing_whatever_its_type_says() {
        let take = |info: &mut DriverInfo<'_>| info.take::<Option<u16>>("address").map(drop);
        assert_eq!(problems(json!({"address": null}), take), "`address` is missing");
        let take = |info: &mut DriverInfo<'_>| info.take_or("address", || 1).map(drop);
        assert_eq!(problems(json!({}), take), "`address` is missing");
    }

    #[test]
    fn a_key_that_may_have_been_meant_is_named() {
        let take = |info: &mut DriverInfo<'_>| info.take::<String>("address").map(drop);
        let said = problems(json!({"adress": "a", "port": 1}), take);
        assert_eq!(said, "`address` is missing, but there is `adress`");
    }

    #[test]
    fn nothing_of_a_secret_is_told() {
        let said = problems(json!({"key": 4711, "password": ["hunter2"]}), |info| {
            let key = info.take::<String>("key");
            let password = info.take::<Option<String>>("password");
            key.and(password).map(drop)
        });
        let says = "`key` is not acceptable; it is: Key.; \
                    `password` is not acceptable; it is: Password.";
        assert_eq!(said, says);
    }

    #[test]
    fn a_driver_refuses_for_reasons_of_its_own() {
        let said = problems(json!({"address": "a", "port": 1}), |info| {
            let port = info.take::<u16>("port");
            info.refuse("port", "expected an even one");
            info.take::<u16>("address").and(port).map(drop)
        });
        let says = "`port` is invalid: expected an even one; \
                    `address` is invalid: invalid type: string \"a\", expected u16";
        assert_eq!(said, says);
    }

    #[test]
    fn what_is_not_declared_cannot_be_taken() {
        let said = problems(json!({"prot": 1}), |info| info.take::<u16>("prot").map(drop));
        assert_eq!(said, "`prot` is not among the properties of the vendor interface");
    }
}
