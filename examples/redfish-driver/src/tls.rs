//! Which certificates a BMC may show.
//! The cryptography is `ring`, whatever else the process uses.

use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;

use crate::RedfishError;
use crate::driver_info::{Bmc, Verify};

/// Reads files: not for a thread that others wait for.
pub(crate) fn config(bmc: &Bmc) -> Result<ClientConfig, RedfishError> {
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let config = config.with_safe_default_protocol_versions().map_err(RedfishError::Trust)?;
    let config = match &bmc.verify {
        // Nobody will show a certificate, and a machine without any trusted one will do.
        _ if bmc.root.scheme() == "http" => config.with_root_certificates(RootCertStore::empty()),
        Verify::Platform => {
            let verifier = Verifier::new(provider).map_err(RedfishError::Trust)?;
            config.dangerous().with_custom_certificate_verifier(Arc::new(verifier))
        }
        Verify::File(path) => {
            config.with_root_certificates(roots(path).map_err(RedfishError::CaFile)?)
        }
        Verify::Nothing => {
            config.dangerous().with_custom_certificate_verifier(Arc::new(AnyCertificate(provider)))
        }
    };
    Ok(config.with_no_client_auth())
}

fn roots(path: &Path) -> Result<RootCertStore, pem::Error> {
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(path)?.collect::<Result<Vec<_>, _>>()?;
    match roots.add_parsable_certificates(certificates) {
        (0, _) => Err(pem::Error::NoItemsFound),
        _ => Ok(roots),
    }
}

/// Lets a BMC show any certificate, as its node's `redfish_verify_ca` says.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
