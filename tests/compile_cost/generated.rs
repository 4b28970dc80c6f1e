//! The crates that are measured: the same methods, written in different ways.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fmt, fs};

use crate::Failure;

/// What stands around the same methods.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing.
    Plain,
    /// Our attributes.
    Annotated,
    /// A derived struct of its arguments for each, and the call that reads it: what a driver's
    /// author would write without this library.
    Derived,
}

/// A generated crate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Crate {
    pub(crate) kind: Kind,
    pub(crate) methods: u32,
}

const HEAD: &str = "
use vendor_passthru::prelude::*;

#[derive(Default)]
pub struct Vendor;

impl VendorInterface for Vendor {}
";

const METHOD: &str = "
    /// Method NUMBER of the vendor.
    ATTRIBUTE
    pub async fn method_NUMBER(
        &self,
        task: &mut Task,
        name: String,
        count: u32,
        force: Option<bool>,
        raw: Vec<u8>,
    ) -> Result<usize> {
        let _ = (task, force);
        Ok(name.len() + raw.len() + count as usize)
    }
";

const DERIVED_HEAD: &str = "
fn invalid(error: serde_json::Error) -> Error {
    Error::InvalidParameterValue(error.to_string())
}
";

const DERIVED: &str = "
#[derive(serde::Deserialize)]
struct ArgumentsNUMBER {
    name: String,
    count: u32,
    force: Option<bool>,
    raw: Vec<u8>,
}

impl Vendor {
    pub async fn call_method_NUMBER(&self, task: &mut Task, body: &[u8]) -> Result<usize> {
        let arguments: ArgumentsNUMBER = serde_json::from_slice(body).map_err(invalid)?;
        let ArgumentsNUMBER { name, count, force, raw } = arguments;
        self.method_NUMBER(task, name, count, force, raw).await
    }
}
";

impl Crate {
    fn source(self) -> String {
        let repeated = |text: &str| -> String {
            (0..self.methods).map(|number| text.replace("NUMBER", &number.to_string())).collect()
        };
        let (interface, attribute, rest) = match self.kind {
            Kind::Plain => ("", "", String::new()),
            Kind::Annotated => (
                r#"#[vendor_interface(name = "vendor", drivers = ["vendor"])]"#,
                r#"#[passthru(methods = ["POST"], async_call = false)]"#,
                String::new(),
            ),
            Kind::Derived => ("", "", DERIVED_HEAD.to_owned() + &repeated(DERIVED)),
        };
        let methods = repeated(&METHOD.replace("ATTRIBUTE", attribute));
        format!("{HEAD}\n{interface}\nimpl Vendor {{{methods}}}\n{rest}")
    }

    fn manifest(self, library: &Path) -> String {
        let library = library.display();
        format!(
            r#"
            [package]
            name = "{self}"
            version = "0.0.0"
            edition = "2024"

            [dependencies]
            serde = {{ version = "1", features = ["derive"] }}
            serde_json = "1"
            vendor-passthru = {{ path = '{library}' }}
            "#
        )
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Plain => "plain",
            Self::Annotated => "annotated",
            Self::Derived => "derived",
        })
    }
}

impl fmt::Display for Crate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.kind, self.methods)
    }
}

/// The generated crates, in a workspace of their own so that they share their dependencies.
pub(crate) struct Workspace(PathBuf);

impl Workspace {
    /// Writes them, and checks everything once.
    pub(crate) fn of(crates: &[Crate]) -> Result<Self, Failure> {
        let workspace = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_cost"));
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        for generated in crates {
            let directory = workspace.directory(*generated);
            fs::create_dir_all(directory.join("src"))?;
            let manifest = generated.manifest(&repository.join("vendor-passthru"));
            fs::write(directory.join("Cargo.toml"), manifest)?;
            workspace.write_source(*generated)?;
        }
        let members: Vec<String> = crates.iter().map(Crate::to_string).collect();
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
        fs::write(workspace.0.join("Cargo.toml"), manifest)?;
        // The versions that are here already.
        fs::copy(repository.join("Cargo.lock"), workspace.0.join("Cargo.lock"))?;
        workspace.check(&["--workspace"])?;
        Ok(workspace)
    }

    /// Has the crate's source as new as if it had just been edited.
    pub(crate) fn write_source(&self, generated: Crate) -> Result<(), Failure> {
        let source = self.directory(generated).join("src").join("lib.rs");
        Ok(fs::write(source, generated.source())?)
    }

    /// Checks one crate, whose dependencies are checked already.
    pub(crate) fn check_again(&self, generated: Crate) -> Result<(), Failure> {
        let name = generated.to_string();
        let printed = self.check(&["--package", &name])?;
        let checked: Vec<&str> = printed.lines().filter(|line| line.contains("Checking")).collect();
        match *checked {
            [only] if only.contains(&name) => Ok(()),
            _ => Err(format!("{name} alone was to be checked, but cargo says:\n{printed}").into()),
        }
    }

    fn directory(&self, generated: Crate) -> PathBuf {
        self.0.join(generated.to_string())
    }

    /// What cargo prints.
    fn check(&self, packages: &[&str]) -> Result<String, Failure> {
        let output = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--color", "never", "--target-dir"])
            .arg(self.0.join("target"))
            .args(packages)
            .current_dir(&self.0)
            // With what was found out the last time an unchanged crate would cost next to nothing.
            .env("CARGO_INCREMENTAL", "0")
            // A compiler that is no child of ours, but a cache's, is not measured.
            .env("RUSTC_WRAPPER", "")
            .output()?;
        let printed = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(printed) } else { Err(printed.into()) }
    }
}
