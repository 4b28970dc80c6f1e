//! The methods there are, as a client reads them.
//! Ironic's answer to `GET ../vendor_passthru/methods`.

use serde::{Serialize, Serializer};

use crate::HttpMethod;
use crate::metadata::{Lock, MethodMetadata, Target};

/// The vendor methods of a node or of a driver, sorted by name.
///
/// As JSON: an object from names to `http_methods`, `async`, `description`, `attach` and, for
/// node methods, `require_exclusive_lock`.
#[derive(Clone, Debug)]
pub struct MethodListing(Vec<&'static MethodMetadata>);

impl MethodListing {
    pub(crate) fn new(methods: impl IntoIterator<Item = &'static MethodMetadata>) -> Self {
        let mut methods: Vec<_> = methods.into_iter().collect();
        methods.sort_by_key(|method| method.name);
        Self(methods)
    }

    /// The methods, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &'static MethodMetadata> {
        self.0.iter().copied()
    }
}

#[derive(Serialize)]
struct Listed {
    http_methods: &'static [HttpMethod],
    r#async: bool,
    description: &'static str,
    attach: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    require_exclusive_lock: Option<bool>,
}

impl From<&'static MethodMetadata> for Listed {
    fn from(method: &'static MethodMetadata) -> Self {
        Self {
            http_methods: method.http_methods,
            r#async: method.async_call,
            description: method.description,
            attach: method.attach,
            require_exclusive_lock: match method.target {
                Target::Driver => None,
                Target::Node(lock) => Some(lock == Lock::Exclusive),
            },
        }
    }
}

impl Serialize for MethodListing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|method| (method.name, Listed::from(method))))
    }
}
