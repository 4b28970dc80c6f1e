//! Which certificates are trusted.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use axum::serve::Listener;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::server::TlsStream;
use vendor_passthru::HttpMethod;

use crate::conductor_with;
use crate::service::{Service, driver_info};

/// Connections whose client trusted the certificate.
struct Tls {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let (connection, address) = self.listener.accept().await.unwrap();
            if let Ok(stream) = self.acceptor.accept(connection).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A service with a certificate for this name that it signed itself, and that certificate.
async fn service(name: &str) -> (Service, String) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let acceptor = TlsAcceptor::from(Arc::new(config));
    (Service::on(Tls { listener, acceptor }, url), cert.pem())
}

/// A file of this test's own.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let path = path.join(format!("{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

async fn message(url: &str, verify: Value) -> String {
    let mut driver_info = driver_info(url);
    driver_info.insert("redfish_verify_ca".to_owned(), verify);
    let conductor = conductor_with(driver_info);
    conductor.call(HttpMethod::Get, "get_all_subscriptions", json!({})).await.message()
}

const UNTRUSTED: &str = "the certificate of the BMC is not trusted; redfish_verify_ca can name the \
                         file of the CA that signed it";

/// The certificates that a machine trusts are those in the file that `SSL_CERT_FILE` names, if it is
/// set: for another process, since this one's environment is everybody's.
#[tokio::test]
async fn a_certificate_is_trusted_by_default_if_the_machine_trusts_it() {
    const NAME: &str = "tls::a_certificate_is_trusted_by_default_if_the_machine_trusts_it";
    if let Ok(url) = std::env::var("REDFISH_URL") {
        let says = std::env::var("REDFISH_SAYS").unwrap();
        for verify in [Value::Null, json!(true), json!("True"), json!("1")] {
            assert_eq!(message(&url, verify).await, says);
        }
        return;
    }
    let plain = Service::start().await;
    let (bmc, pem) = service("127.0.0.1").await;
    let (_, another) = service("127.0.0.1").await;
    let nobody = "the conductor cannot verify certificates; redfish_verify_ca can name a CA file";
    for (name, trusted, url, says) in [
        ("machine.pem", pem.as_str(), &bmc.url, ""),
        ("another.pem", &another, &bmc.url, UNTRUSTED),
        ("nobody.pem", "", &bmc.url, nobody),
        ("plain.pem", "", &plain.url, ""),
    ] {
        let file = File::new(name, trusted);
        let mut machine = Command::new(std::env::current_exe().unwrap());
        machine.args(["--exact", NAME]).env("SSL_CERT_FILE", &file.0).env_remove("SSL_CERT_DIR");
        machine.env("REDFISH_URL", url).env("REDFISH_SAYS", says);
        let output = tokio::task::spawn_blocking(move || machine.output()).await.unwrap().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    assert_eq!(bmc.requests().len(), 4 * 3, "four calls of the first machine have come");
}

#[tokio::test]
async fn a_certificate_is_trusted_with_the_file_of_its_ca() {
    let (service, pem) = service("127.0.0.1").await;
    let file = File::new("good.pem", &pem);
    assert_eq!(message(&service.url, json!(file.0)).await, "");
}

#[tokio::test]
async fn a_certificate_of_another_ca_or_another_host_is_refused() {
    let (bmc, _) = service("127.0.0.1").await;
    let (_, another) = service("127.0.0.1").await;
    let file = File::new("other.pem", &another);
    assert_eq!(message(&bmc.url, json!(file.0)).await, UNTRUSTED);

    let (bmc, pem) = service("bmc.example.com").await;
    let file = File::new("host.pem", &pem);
    assert_eq!(message(&bmc.url, json!(file.0)).await, UNTRUSTED);
    assert!(bmc.requests().is_empty());
}

#[tokio::test]
async fn any_certificate_will_do_where_the_node_says_so() {
    let (service, _) = service("bmc.example.com").await;
    for verify in [json!(false), json!("False"), json!("no")] {
        assert_eq!(message(&service.url, verify).await, "");
    }
}

#[tokio::test]
async fn a_file_without_certificates_is_named_so() {
    let (service, _) = service("127.0.0.1").await;
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (name, text) in [("empty.pem", ""), ("text.pem", "certificate"), ("broken.pem", broken)] {
        let file = File::new(name, text);
        let says = "the file that redfish_verify_ca names has no certificates that can be read";
        assert_eq!(message(&service.url, json!(file.0)).await, says);
    }
}
