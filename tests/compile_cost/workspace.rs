//! Generated crates in a workspace of their own, and what cargo makes of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;
use crate::generated::Crate;

/// Crates that share their dependencies.
pub(crate) struct Workspace(PathBuf);

impl Workspace {
    /// Writes the crates, and `others` as they are: a name, a manifest, and a file with its text.
    pub(crate) fn of(
        name: &str,
        crates: &[Crate],
        others: &[(&str, &str, &str, &str)],
    ) -> Result<Self, Failure> {
        let workspace = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        for generated in crates {
            let manifest = generated.manifest(&repository.join("vendor-passthru"));
            workspace.write(&format!("{generated}/Cargo.toml"), &manifest)?;
            workspace.write(&format!("{generated}/src/main.rs"), &generated.program())?;
            workspace.edit(*generated)?;
        }
        for (name, manifest, file, text) in others {
            workspace.write(&format!("{name}/Cargo.toml"), manifest)?;
            workspace.write(&format!("{name}/{file}"), text)?;
        }
        let names = crates.iter().map(Crate::to_string);
        let members: Vec<_> = names.chain(others.iter().map(|other| other.0.to_owned())).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n\
             [profile.release]\nstrip = true\n"
        );
        workspace.write("Cargo.toml", &manifest)?;
        // The versions that are here already.
        fs::copy(repository.join("Cargo.lock"), workspace.0.join("Cargo.lock"))?;
        Ok(workspace)
    }

    /// Has the library of the crate as new as if it had just been edited.
    pub(crate) fn edit(&self, generated: Crate) -> Result<(), Failure> {
        self.write(&format!("{generated}/src/lib.rs"), &generated.library())
    }

    fn write(&self, file: &str, text: &str) -> Result<(), Failure> {
        let path = self.0.join(file);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        Ok(fs::write(path, text)?)
    }

    /// Where `target` is, such as `target/release/NAME`.
    pub(crate) fn path(&self, target: &str) -> PathBuf {
        self.0.join(target)
    }

    /// The command, where everything is built but this crate. It goes to all of them, which keeps
    /// the features of what they share.
    pub(crate) fn again(&self, command: &[&str], generated: Crate) -> Result<(), Failure> {
        let name = generated.to_string();
        let printed = self.cargo(&[command, &["--offline", "--workspace"]].concat())?;
        let works = |line: &&str| line.contains("Checking") || line.contains("Compiling");
        match *printed.lines().filter(works).collect::<Vec<_>>() {
            [only] if only.contains(&name) => Ok(()),
            _ => Err(format!("{name} alone was to be built, but cargo says:\n{printed}").into()),
        }
    }

    /// What cargo prints.
    pub(crate) fn cargo(&self, command: &[&str]) -> Result<String, Failure> {
        let output = Command::new(env!("CARGO"))
            .args(command)
            .args(["--color", "never"])
            .current_dir(&self.0)
            .env_remove("CARGO_TARGET_DIR")
            // With what was found out the last time an unchanged crate would cost next to nothing.
            .env("CARGO_INCREMENTAL", "0")
            // A compiler that is no child of ours, but a cache's, is not measured.
            .env("RUSTC_WRAPPER", "")
            .output()?;
        let printed = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(printed) } else { Err(printed.into()) }
    }
}
