//! A certificate for this machine that it signed itself, as BMCs have them.

use rcgen::{CertifiedKey, generate_simple_self_signed};

/// Both as the text of a file.
pub(crate) struct Certificate {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

impl Certificate {
    /// For `127.0.0.1`.
    pub(crate) fn new() -> Self {
        let names = ["127.0.0.1".to_owned()];
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
        Self { certificate: cert.pem(), key: signing_key.serialize_pem() }
    }
}
