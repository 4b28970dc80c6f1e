//! B12: one interface extends another: what it inherits, overrides and removes.
//! What does not fit is refused when the registry is built.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use vendor_passthru::prelude::*;
use vendor_passthru::{Registry, VendorMethods};

use crate::support::{Api, NODE, assert_fault};

/// An interface that tells which instance ran and which of its methods.
struct Base {
    instance: &'static str,
    calls: AtomicUsize,
}

impl Base {
    fn new(instance: &'static str) -> Self {
        Self { instance, calls: AtomicUsize::new(0) }
    }
}

impl Default for Base {
    fn default() -> Self {
        Self::new("default")
    }
}

impl VendorInterface for Base {
    fn get_properties(&self) -> Properties {
        Properties::new().required("address", "Of the base.").optional("port", "Of the base.")
    }

    async fn validate(&self, _task: &Task<Validating>, call: &Call) -> Result<()> {
        refuse_if_asked("base", call)
    }
}

#[vendor_interface(name = "base", drivers = ["base"])]
impl Base {
    #[passthru(methods = ["POST"], async_call = false)]
    async fn inherited(&self, _task: &mut Task, refuse: Option<String>) -> Result<String> {
        let _ = refuse;
        self.calls.fetch_add(1, Ordering::Relaxed);
        Ok(format!("base {}", self.instance))
    }

    #[passthru(methods = ["POST"], async_call = false)]
    async fn overridden(&self, _task: &mut Task, refuse: Option<String>) -> Result<String> {
        let _ = refuse;
        Ok(format!("base {}", self.instance))
    }

    #[passthru(methods = ["POST"])]
    async fn removed(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn removed_too(&self, _context: &Context) -> Result<()> {
        Ok(())
    }

    #[driver_passthru(methods = ["GET"], async_call = false)]
    async fn driver_inherited(&self, _context: &Context) -> Result<&'static str> {
        Ok("base")
    }

    /// The node method of this name is overridden, this one is not.
    #[driver_passthru(methods = ["GET"], method = "overridden", async_call = false)]
    async fn driver_overridden(&self, _context: &Context) -> Result<&'static str> {
        Ok("base")
    }
}

/// Refuses a call whose argument names this interface.
fn refuse_if_asked(interface: &str, call: &Call) -> Result<()> {
    if call.argument::<Option<String>>("refuse")?.as_deref() == Some(interface) {
        return Err(Error::InvalidParameterValue(format!("refused by {interface}")));
    }
    Ok(())
}

#[derive(Default)]
struct Extending {
    base: Arc<Base>,
}

impl VendorInterface for Extending {
    fn get_properties(&self) -> Properties {
        Properties::new().optional("port", "Its own.").optional("queue", "Its own.")
    }

    async fn validate(&self, _task: &Task<Validating>, call: &Call) -> Result<()> {
        refuse_if_asked("extending", call)
    }
}

#[vendor_interface(
    name = "extending",
    drivers = ["extending"],
    extends = self.base,
    removes = ["removed", "removed_too"],
)]
impl Extending {
    #[passthru(methods = ["PUT"], async_call = false, require_exclusive_lock = false, overrides)]
    async fn overridden(&self, _task: &Task<Shared>, refuse: Option<String>) -> Result<String> {
        let _ = refuse;
        Ok(format!("extending {}", self.base.instance))
    }

    #[passthru(methods = ["GET"], async_call = false)]
    async fn own(&self, _task: &mut Task) -> Result<&'static str> {
        Ok("extending")
    }
}

/// What extends what extends.
#[derive(Default)]
struct Last {
    extending: Arc<Extending>,
}

impl VendorInterface for Last {}

#[vendor_interface(name = "last", drivers = ["last"], extends = self.extending)]
impl Last {
    #[passthru(methods = ["GET"], async_call = false, overrides)]
    async fn own(&self, _task: &mut Task) -> Result<&'static str> {
        Ok("last")
    }

    /// Removed from the base, and so no longer there to be overridden.
    #[passthru(methods = ["GET"], async_call = false)]
    async fn removed(&self, _task: &mut Task) -> Result<&'static str> {
        Ok("last")
    }
}

/// What a node of this conductor has, and its driver.
async fn methods(api: &Api, driver: &str) -> [Vec<&'static str>; 2] {
    let node = api.dispatcher.node_methods(NODE).await.unwrap();
    let driver = api.dispatcher.driver_methods(driver).unwrap();
    [node, driver].map(|listing| listing.iter().map(|method| method.name).collect())
}

#[tokio::test]
async fn b12_an_interface_has_the_methods_it_inherits_but_those_it_removes() {
    let api = Api::new(Extending::default());
    let [node, driver] = methods(&api, "extending").await;
    assert_eq!(node, ["inherited", "overridden", "own"]);
    assert_eq!(driver, ["driver_inherited", "overridden"]);
    let removed = api.node("POST", "removed", "").await;
    assert_fault(&removed, 400, "no vendor method `removed`");
    assert_eq!(api.node("GET", "own", "").await.json(), "extending");
    let of_driver = api.driver("extending", "GET", "driver_inherited", "").await;
    assert_eq!(of_driver.json(), "base");
}

#[tokio::test]
async fn b12_what_is_inherited_runs_on_the_instance_in_the_field() {
    let base = Arc::new(Base::new("of the conductor"));
    let api = Api::new(Extending { base });
    assert_eq!(api.node("POST", "inherited", "").await.json(), "base of the conductor");
    assert_eq!(api.node("PUT", "overridden", "").await.json(), "extending of the conductor");
}

#[tokio::test]
async fn b12_what_overrides_brings_its_own_verbs_mode_and_lock() {
    let api = Api::new(Extending::default());
    api.lock_for_somebody_else().await;
    assert_eq!(api.node("PUT", "overridden", "").await.json(), "extending default");
    let refused = api.node("POST", "overridden", "").await;
    assert_fault(&refused, 400, "does not support HTTP POST");
}

#[tokio::test]
async fn b12_a_method_is_validated_by_the_interface_that_wrote_it() {
    let api = Api::new(Extending::default());
    for (verb, method, writer, other) in
        [("POST", "inherited", "base", "extending"), ("PUT", "overridden", "extending", "base")]
    {
        let refuse = |by: &str| format!(r#"{{"refuse": "{by}"}}"#).leak();
        let refused = api.node(verb, method, refuse(writer)).await;
        assert_fault(&refused, 400, &format!("refused by {writer}"));
        assert_eq!(api.node(verb, method, refuse(other)).await.status, 200);
    }
}

#[tokio::test]
async fn b12_properties_are_those_of_both_and_of_two_its_own() {
    let api = Api::new(Extending::default());
    let properties = api.dispatcher.registry().properties("extending").unwrap();
    let all: Vec<_> = properties.iter().map(|(name, p)| (name, p.description)).collect();
    let own = "Its own.";
    assert_eq!(all, [("address", "Of the base."), ("port", own), ("queue", own)]);
}

#[tokio::test]
async fn b12_what_extends_can_be_extended() {
    let api = Api::new(Last::default());
    let [node, driver] = methods(&api, "last").await;
    assert_eq!(node, ["inherited", "overridden", "own", "removed"]);
    assert_eq!(driver, ["driver_inherited", "overridden"]);
    assert_eq!(api.node("POST", "inherited", "").await.json(), "base default");
    assert_eq!(api.node("PUT", "overridden", "").await.json(), "extending default");
    assert_eq!(api.node("GET", "own", "").await.json(), "last");
}

#[tokio::test]
async fn b12_the_interface_that_is_extended_stays_as_it_is() {
    let registry = Registry::builder().interface(Base::default());
    let registry = registry.interface(Extending::default()).build().unwrap();
    let api = Api::of(registry, "base", |builder| builder);
    assert_eq!(methods(&api, "base").await[0], ["inherited", "overridden", "removed"]);
    assert_eq!(api.node("POST", "overridden", "").await.json(), "base default");
}

#[tokio::test]
async fn b12_one_instance_serves_both_where_the_conductor_says_so() {
    let base = Arc::new(Base::new("of the conductor"));
    let registry = Registry::builder().shared_interface(Arc::clone(&base));
    let registry = registry.interface(Extending { base: Arc::clone(&base) }).build().unwrap();
    let api = Api::of(registry, "base", |builder| builder);
    api.node("POST", "inherited", "").await;
    let extending = api.add_node("extending", |_| {});
    api.client.send("POST", &format!("{extending}/inherited"), "").await;
    assert_eq!(base.calls.load(Ordering::Relaxed), 2);
}

/// Interfaces that extend `Base` by mistake in one way or another.
mod mistaken {
    use super::*;

    #[derive(Default)]
    pub(super) struct Vendor {
        base: Arc<Base>,
    }

    impl VendorInterface for Vendor {}

    pub(super) const LINE: u32 = line!() + 2;

    #[vendor_interface(
        name = "mistaken",
        drivers = ["mistaken"],
        extends = self.base,
        removes = ["remove", "no_such_method"],
    )]
    impl Vendor {
        /// By accident.
        #[passthru(methods = ["POST"])]
        async fn inherited(&self, _task: &mut Task) -> Result<()> {
            Ok(())
        }

        /// There is a driver method of this name, and no node method.
        #[passthru(methods = ["POST"], overrides)]
        async fn driver_inherited(&self, _task: &mut Task) -> Result<()> {
            Ok(())
        }

        #[driver_passthru(methods = ["POST"], overrides)]
        async fn overriden(&self, _context: &Context) -> Result<()> {
            Ok(())
        }
    }

    #[derive(Default)]
    pub(super) struct Extending {
        vendor: Arc<Vendor>,
    }

    impl VendorInterface for Extending {}

    #[vendor_interface(name = "mistaken-2", drivers = ["mistaken-2"], extends = self.vendor)]
    impl Extending {
        #[passthru(methods = ["POST"])]
        async fn own(&self, _task: &mut Task) -> Result<()> {
            Ok(())
        }
    }
}

#[test]
fn b12_what_meets_by_accident_or_not_at_all_is_refused_with_both_places() {
    let builder = Registry::builder().interface(mistaken::Vendor::default());
    let error = builder.interface(mistaken::Extending::default()).build().unwrap_err();
    let own = format!("vendor interface `mistaken` ({}:{})", file!(), mistaken::LINE);
    let base = format!("`base` ({})", <Base as VendorMethods<_>>::METADATA.location);
    let expected = [
        format!("{own} removes `remove`, which {base} does not have; did you mean `removed`?"),
        format!("{own} removes `no_such_method`, which {base} does not have"),
        format!(
            "{own} has a node method `inherited`, as {base} that it extends; say `overrides` or \
             give it another name"
        ),
        format!("{own} overrides a node method `driver_inherited`, which {base} does not have"),
        format!(
            "{own} overrides a driver method `overriden`, which {base} does not have; did you mean \
             `overridden`?"
        ),
    ];
    let mut problems = error.problems().to_vec();
    problems.sort();
    let mut expected = expected.to_vec();
    expected.sort();
    assert_eq!(problems, expected, "each once, though it is wrong for both");
}
