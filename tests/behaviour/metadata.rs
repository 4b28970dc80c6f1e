//! B01 to B13: what an author declares, and which method a call finds.
//! What the compiler refuses (B13, most of B02 and B03) is tested with the compiler's errors.

use vendor_passthru::metadata::{Lock, MethodMetadata};
use vendor_passthru::prelude::*;
use vendor_passthru::{Registry, RegistryBuilder, VendorMethods};

use crate::support::{Api, NODE, assert_fault, at_once};

const VERBS: [&str; 5] = ["DELETE", "PATCH", "PUT", "POST", "GET"];

#[derive(Default)]
struct Vendor;

impl VendorInterface for Vendor {}

#[vendor_interface(name = "metadata", drivers = ["metadata"])]
impl Vendor {
    #[passthru(methods = ["POST"])]
    async fn plain(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }

    #[driver_passthru(methods = ["POST"])]
    async fn plain_driver(&self, _context: &Context) -> Result<()> {
        Ok(())
    }

    /// What it does,
    /// in a paragraph of two lines.
    #[driver_passthru(methods = ["PUT", "POST"])]
    async fn documented(&self, _context: &Context) -> Result<()> {
        Ok(())
    }

    #[passthru(
        methods = ["GET", "PUT"],
        method = "send-raw",
        description = "In its own words.",
        async_call = false,
        attach = true,
        require_exclusive_lock = false
    )]
    async fn configured(&self, _task: &Task<Shared>) -> Result<&'static str> {
        Ok("as it is")
    }

    #[passthru(methods = ["DELETE", "PATCH", "PUT", "POST", "GET"], async_call = false)]
    async fn any_verb(&self, _task: &mut Task, http_method: HttpMethod) -> Result<HttpMethod> {
        Ok(http_method)
    }

    #[passthru(methods = ["GET"], method = "status", async_call = false)]
    async fn node_status(&self, _task: &mut Task) -> Result<&'static str> {
        Ok("of the node")
    }

    #[driver_passthru(methods = ["GET"], method = "status", async_call = false)]
    async fn driver_status(&self, _context: &Context) -> Result<&'static str> {
        Ok("of the driver")
    }
}

fn declared(name: &str) -> MethodMetadata {
    Vendor::METHODS.iter().map(|method| method.metadata).find(|m| m.name == name).unwrap()
}

#[test]
fn b01_defaults() {
    for (name, lock) in [("plain", Some(Lock::Exclusive)), ("plain_driver", None)] {
        let method = declared(name);
        assert!(method.async_call, "{name}");
        assert!(!method.attach, "{name}");
        assert_eq!(method.description, "", "{name}");
        assert_eq!(method.lock(), lock, "{name}");
    }
}

#[test]
fn b01_the_description_is_the_doc_comment() {
    let description = declared("documented").description;
    assert_eq!(description, "What it does, in a paragraph of two lines.");
}

#[test]
fn b01_every_default_can_be_overridden() {
    let method = declared("send-raw");
    assert!(!method.async_call);
    assert!(method.attach);
    assert_eq!(method.description, "In its own words.");
    assert_eq!(method.lock(), Some(Lock::Shared));
}

#[tokio::test(start_paused = true)]
async fn b01_a_call_is_asynchronous_and_exclusive_by_default() {
    let api = Api::new(Vendor);
    assert_eq!(api.node("POST", "plain", "").await.status, 202);
    assert_eq!(api.driver("metadata", "POST", "plain_driver", "").await.status, 202);
    api.lock_for_somebody_else().await;
    assert_fault(&api.node("POST", "plain", "").await, 409, "locked by");
}

#[test]
fn b02_verbs_are_the_five_in_upper_case() {
    let verbs = declared("any_verb").http_methods.iter().map(|verb| verb.as_str());
    assert_eq!(verbs.collect::<Vec<_>>(), VERBS);
    assert_eq!(declared("plain").http_methods, [HttpMethod::Post]);
}

#[tokio::test]
async fn b02_every_verb_reaches_its_method() {
    let api = Api::new(Vendor);
    for verb in VERBS {
        assert_eq!(api.node(verb, "any_verb", "").await.json(), verb);
    }
}

/// Three impls that claim one name, and the lines they stand in.
mod one_name {
    use vendor_passthru::prelude::*;

    #[derive(Default)]
    pub(super) struct First;
    #[derive(Default)]
    pub(super) struct Second;
    #[derive(Default)]
    pub(super) struct Third;

    impl VendorInterface for First {}
    impl VendorInterface for Second {}
    impl VendorInterface for Third {}

    pub(super) const LINES: [u32; 3] = [line!() + 2, line!() + 10, line!() + 18];

    #[vendor_interface(name = "one-name", drivers = ["one-name"])]
    impl First {
        #[passthru(methods = ["POST"])]
        async fn reset(&self, _task: &mut Task) -> Result<()> {
            Ok(())
        }
    }

    #[vendor_interface(name = "one-name", drivers = ["one-name"])]
    impl Second {
        #[passthru(methods = ["POST"])]
        async fn reset(&self, _task: &mut Task) -> Result<()> {
            Ok(())
        }
    }

    #[vendor_interface(name = "one-name", drivers = ["another-driver"])]
    impl Third {
        #[passthru(methods = ["POST"])]
        async fn reset(&self, _task: &mut Task) -> Result<()> {
            Ok(())
        }
    }
}

#[test]
fn b03_one_name_in_several_impls_is_refused_with_every_place() {
    let builder = Registry::builder().interface(one_name::Third).interface(one_name::First);
    let problem = refusal(builder.interface(one_name::Second));
    assert!(problem.contains("`one-name`"), "{problem}");
    for line in one_name::LINES {
        let place = format!("{}:{line}", file!());
        assert!(problem.contains(&place), "{problem:?} does not name {place}");
    }
}

/// Which of them are there, the compiler knows after the macro.
mod named_alike {
    use vendor_passthru::prelude::*;

    #[derive(Default)]
    pub(super) struct Vendor;

    impl VendorInterface for Vendor {}

    pub(super) const LINE: u32 = line!() + 2;

    #[vendor_interface(name = "named-alike", drivers = ["named-alike"])]
    impl Vendor {
        #[passthru(methods = ["POST"])]
        async fn reset(&self, _task: &mut Task) -> Result<()> {
            Ok(())
        }

        #[cfg(test)]
        #[passthru(methods = ["POST"], method = "reset")]
        async fn reset_warm(&self, _task: &mut Task) -> Result<()> {
            Ok(())
        }

        #[cfg(not(test))]
        #[passthru(methods = ["POST"], method = "reset")]
        async fn reset_cold(&self, _task: &mut Task) -> Result<()> {
            Ok(())
        }

        #[driver_passthru(methods = ["POST"], method = "reset")]
        async fn of_the_driver(&self, _context: &Context) -> Result<()> {
            Ok(())
        }
    }
}

#[test]
fn b03_methods_of_one_name_under_a_cfg_are_refused() {
    let problem = refusal(Registry::builder().interface(named_alike::Vendor));
    let place = format!("{}:{}", file!(), named_alike::LINE);
    assert!(problem.contains(&place), "{problem:?} does not name {place}");
    assert!(problem.ends_with("has several node methods `reset`"), "{problem}");
}

/// The one problem of a registry that is refused.
fn refusal(builder: RegistryBuilder) -> String {
    let error = builder.build().unwrap_err();
    assert_eq!(error.problems().len(), 1, "{error}");
    assert!(error.to_string().contains(&error.problems()[0]));
    error.problems()[0].clone()
}

#[tokio::test]
async fn b04_node_and_driver_methods_are_separate_namespaces() {
    let api = Api::new(Vendor);
    assert_eq!(api.node("GET", "status", "").await.json(), "of the node");
    assert_eq!(api.driver("metadata", "GET", "status", "").await.json(), "of the driver");
    assert_fault(&api.node("POST", "documented", "").await, 400, "no vendor method `documented`");
    let reply = api.driver("metadata", "POST", "plain", "").await;
    assert_fault(&reply, 400, "no vendor method `plain`");
}

#[tokio::test]
async fn b05_lookup_is_exact_and_by_public_name_only() {
    let api = Api::new(Vendor);
    assert_eq!(api.node("GET", "send-raw", "").await.status, 200);
    for wrong in ["configured", "Send-Raw", "SEND-RAW", "send-ra", "send-raw%20", "send_raw"] {
        let reply = api.node("GET", wrong, "").await;
        assert_fault(&reply, 400, "no vendor method");
    }
}

#[tokio::test(start_paused = true)]
async fn b06_unknown_method() {
    let api = Api::new(Vendor);
    api.lock_for_somebody_else().await;
    let reply = at_once(api.node("POST", "plan", "")).await;
    assert_fault(&reply, 400, "no vendor method `plan`; did you mean `plain`?");
    assert_fault(&reply, 400, "`any_verb`, `plain`, `send-raw`, `status`");

    let reply = at_once(api.node("POST", "nothing_like_it", "")).await;
    assert_fault(&reply, 400, "`nothing_like_it`; there are `any_verb`, `plain`");
}

#[tokio::test]
async fn b06_unknown_driver_method() {
    let api = Api::new(Vendor);
    let reply = api.driver("metadata", "POST", "document", "").await;
    assert_fault(&reply, 400, "no vendor method `document`; did you mean `documented`?");
    assert_fault(&reply, 400, "`documented`, `plain_driver`, `status`");
}

#[tokio::test(start_paused = true)]
async fn b07_verb_not_supported() {
    let api = Api::new(Vendor);
    api.lock_for_somebody_else().await;
    for verb in ["GET", "PUT", "PATCH", "DELETE"] {
        let reply = at_once(api.node(verb, "plain", "")).await;
        assert_fault(&reply, 400, &format!("`plain` does not support HTTP {verb}"));
        assert_eq!(reply.header("allow"), "POST");
    }
}

#[tokio::test]
async fn b07_verb_not_supported_by_a_driver_method() {
    let reply = Api::new(Vendor).driver("metadata", "GET", "documented", "").await;
    assert_fault(&reply, 400, "`documented` does not support HTTP GET; it supports PUT, POST");
    assert_eq!(reply.header("allow"), "PUT, POST");
}

#[tokio::test]
async fn b07_the_verb_is_checked_before_the_arguments() {
    let reply = Api::new(Vendor).node("PATCH", "plain", r#"{"unknown": 1}"#).await;
    assert_fault(&reply, 400, "does not support HTTP PATCH");
}

#[tokio::test]
async fn b08_no_vendor_has_no_methods() {
    let api = Api::new(Vendor);
    let path = api.add_node("metadata", |node| node.vendor_interface = Some("no-vendor".into()));
    let listing = api.client.send("GET", &format!("{path}/methods"), "").await;
    assert_eq!((listing.status.as_u16(), &listing.body[..]), (200, &b"{}"[..]));
    for method in ["any_verb", "status", "unheard_of"] {
        let reply = api.client.send("GET", &format!("{path}/{method}"), "").await;
        assert_fault(&reply, 400, &format!("no vendor method `{method}`; there are none"));
    }
}

/// Four interfaces of one driver, of which two say that they are its default.
mod layers {
    use vendor_passthru::Registry;
    use vendor_passthru::RegistryBuilder;
    use vendor_passthru::prelude::*;

    #[derive(Default)]
    pub(super) struct Zeta;
    #[derive(Default)]
    pub(super) struct Alpha;
    #[derive(Default)]
    pub(super) struct Middle;
    #[derive(Default)]
    pub(super) struct Rival;

    impl VendorInterface for Zeta {}
    impl VendorInterface for Alpha {}
    impl VendorInterface for Middle {}
    impl VendorInterface for Rival {}

    #[vendor_interface(name = "zeta", drivers = ["layered"], default)]
    impl Zeta {
        #[passthru(methods = ["GET"], async_call = false)]
        async fn who(&self, _task: &mut Task) -> Result<&'static str> {
            Ok("zeta")
        }

        #[driver_passthru(methods = ["GET"], async_call = false)]
        async fn in_all(&self, _context: &Context) -> Result<&'static str> {
            Ok("zeta")
        }
    }

    #[vendor_interface(name = "alpha", drivers = ["layered"])]
    impl Alpha {
        #[passthru(methods = ["GET"], async_call = false)]
        async fn who(&self, _task: &mut Task) -> Result<&'static str> {
            Ok("alpha")
        }

        #[driver_passthru(methods = ["GET"], async_call = false)]
        async fn in_all(&self, _context: &Context) -> Result<&'static str> {
            Ok("alpha")
        }

        #[driver_passthru(methods = ["GET"], async_call = false)]
        async fn in_two(&self, _context: &Context) -> Result<&'static str> {
            Ok("alpha")
        }
    }

    #[vendor_interface(name = "middle", drivers = ["layered"])]
    impl Middle {
        #[passthru(methods = ["GET"], async_call = false)]
        async fn who(&self, _task: &mut Task) -> Result<&'static str> {
            Ok("middle")
        }

        #[passthru(methods = ["GET"], async_call = false)]
        async fn of_middle_nodes(&self, _task: &mut Task) -> Result<()> {
            Ok(())
        }

        #[driver_passthru(methods = ["GET"], async_call = false)]
        async fn in_all(&self, _context: &Context) -> Result<&'static str> {
            Ok("middle")
        }

        #[driver_passthru(methods = ["GET"], async_call = false)]
        async fn in_two(&self, _context: &Context) -> Result<&'static str> {
            Ok("middle")
        }

        #[driver_passthru(methods = ["GET"], async_call = false)]
        async fn in_one(&self, _context: &Context) -> Result<&'static str> {
            Ok("middle")
        }
    }

    #[vendor_interface(name = "rival", drivers = ["layered"], default)]
    impl Rival {
        #[passthru(methods = ["GET"], async_call = false)]
        async fn who(&self, _task: &mut Task) -> Result<&'static str> {
            Ok("rival")
        }
    }

    /// Three of them, in an order that is none.
    pub(super) fn registry() -> RegistryBuilder {
        Registry::builder().interface(Middle).interface(Zeta).interface(Alpha)
    }
}

fn layered(builder: RegistryBuilder) -> Api {
    Api::of(builder.build().unwrap(), "layered", |builder| builder)
}

#[tokio::test]
async fn b09_a_nodes_interface_is_its_override_else_its_own_else_the_drivers_default() {
    let api = layered(layers::registry());
    for (overriding, own, answer) in [
        (None, None, "zeta"),
        (None, Some("middle"), "middle"),
        (Some("alpha"), None, "alpha"),
        (Some("alpha"), Some("middle"), "alpha"),
    ] {
        let path = api.add_node("layered", |node| {
            node.vendor_interface = own.map(str::to_owned);
            let overriding = overriding.map(|name| ("vendor_interface".to_owned(), name.into()));
            node.instance_info.extend(overriding);
        });
        let reply = api.client.send("GET", &format!("{path}/who"), "").await;
        assert_eq!(reply.json(), answer, "{overriding:?} {own:?}");
    }
}

#[tokio::test]
async fn b09_a_node_has_the_methods_of_no_other_interface() {
    let reply = layered(layers::registry()).node("GET", "of_middle_nodes", "").await;
    assert_fault(&reply, 400, "there are `who`");
}

#[tokio::test]
async fn b09_driver_methods_are_the_defaults_and_then_the_others_by_name() {
    for (builder, answers) in [
        (layers::registry(), ["zeta", "alpha", "middle"]),
        (layers::registry().default_interface("layered", "middle"), ["middle", "middle", "middle"]),
        (layers::registry().default_interface("layered", "alpha"), ["alpha", "alpha", "middle"]),
    ] {
        let api = layered(builder);
        for (method, answer) in ["in_all", "in_two", "in_one"].into_iter().zip(answers) {
            let reply = api.driver("layered", "GET", method, "").await;
            assert_eq!(reply.json(), answer, "{method}");
        }
    }
}

#[tokio::test]
async fn b10_unknown_driver() {
    let api = Api::new(Vendor);
    let path = api.add_node("vanished", |_| {});
    for (verb, path) in [
        ("POST", format!("{path}/plain")),
        ("GET", format!("{path}/methods")),
        ("POST", "/v1/drivers/vanished/vendor_passthru/plain".to_owned()),
        ("GET", "/v1/drivers/vanished/vendor_passthru/methods".to_owned()),
        ("POST", "/v1/drivers/Metadata/vendor_passthru/documented".to_owned()),
    ] {
        assert_fault(&api.client.send(verb, &path, "").await, 404, "no driver");
    }
}

#[tokio::test]
async fn b10_unknown_or_unsupported_interface() {
    let api = layered(layers::registry().interface(Vendor));
    for (interface, says) in [
        ("vanished", "no vendor interface `vanished`"),
        ("vanished", "`alpha`, `metadata`, `middle`, `zeta`"),
        ("Alpha", "no vendor interface `Alpha`"),
        ("metadata", "`metadata` is not supported by driver `layered`"),
    ] {
        let path = api.add_node("layered", |node| node.vendor_interface = Some(interface.into()));
        for method in ["who", "methods"] {
            let reply = api.client.send("GET", &format!("{path}/{method}"), "").await;
            assert_fault(&reply, 400, says);
        }
    }
}

#[test]
fn b10_a_driver_without_a_default_interface_is_refused() {
    let problem = refusal(Registry::builder().interface(layers::Alpha).interface(layers::Middle));
    for says in ["`layered`", "none says `default`", &place::<layers::Alpha, _>("alpha")] {
        assert!(problem.contains(says), "{problem:?} does not say {says}");
    }
}

/// An interface as a refusal names it.
fn place<T: VendorMethods<M>, M>(name: &str) -> String {
    format!("`{name}` ({})", T::METADATA.location)
}

#[test]
fn b10_a_driver_with_two_default_interfaces_is_refused() {
    let problem = refusal(layers::registry().interface(layers::Rival));
    let (zeta, rival) = (place::<layers::Zeta, _>("zeta"), place::<layers::Rival, _>("rival"));
    for says in ["`layered` has several default", &zeta, &rival] {
        assert!(problem.contains(says), "{problem:?} does not say {says}");
    }
    assert!(!problem.contains("alpha"), "{problem}");
}

#[tokio::test]
async fn b10_a_conductor_chooses_the_default_interface() {
    let undecided = || Registry::builder().interface(layers::Alpha).interface(layers::Middle);
    let torn = || layers::registry().interface(layers::Rival);
    for (builder, chosen) in [(undecided(), "middle"), (torn(), "rival"), (torn(), "alpha")] {
        let api = layered(builder.default_interface("layered", chosen));
        assert_eq!(api.node("GET", "who", "").await.json(), chosen);
        let first = api.dispatcher.registry().interfaces("layered").unwrap().next();
        assert_eq!(first.map(|interface| interface.name), Some(chosen));
    }
}

#[test]
fn b10_a_choice_that_is_not_there_is_refused() {
    let builder = layers::registry().interface(Vendor);
    let problem = refusal(builder.default_interface("layered", "metadata"));
    assert!(problem.contains("`layered` has no vendor interface `metadata`"), "{problem}");
    let problem = refusal(layers::registry().default_interface("vanished", "alpha"));
    assert!(problem.contains("no driver `vanished`"), "{problem}");
    let problem = refusal(layers::registry().enabled_drivers(["layered", "vanished"]));
    assert!(problem.contains("no driver `vanished`"), "{problem}");
}

#[test]
fn b10_a_refusal_names_all_problems_at_once() {
    let builder = Registry::builder().interface(one_name::First).interface(one_name::Second);
    let builder = builder.interface(layers::Alpha).interface(layers::Middle);
    let error = builder.enabled_drivers(["layered", "vanished"]).build().unwrap_err();
    let problems = error.problems();
    for says in ["`one-name` is registered twice", "none says `default`", "no driver `vanished`"] {
        let found = problems.iter().filter(|problem| problem.contains(says));
        assert_eq!(found.count(), 1, "{says:?} in {problems:?}");
    }
    assert_eq!(problems.len(), 3);
}

#[tokio::test]
async fn b10_a_driver_that_is_not_enabled_is_not_found() {
    // That `layered` lacks a default is nobody's concern as long as it is not enabled.
    let builder = Registry::builder().interface(layers::Alpha).interface(layers::Middle);
    let registry = builder.interface(Vendor).enabled_drivers(["metadata"]).build().unwrap();
    let api = Api::of(registry, "metadata", |builder| builder);
    assert_eq!(api.dispatcher.registry().drivers().collect::<Vec<_>>(), ["metadata"]);
    assert_eq!(api.driver("metadata", "GET", "status", "").await.status, 200);
    let reply = api.driver("layered", "GET", "in_one", "").await;
    assert_fault(&reply, 404, "driver `layered` is not enabled on this conductor");
}

#[tokio::test]
async fn b11_an_unknown_driver_is_told_which_are_linked_and_how_to_link_one() {
    let registry = layers::registry().interface(Vendor).enabled_drivers(["metadata"]);
    let api = Api::of(registry.build().unwrap(), "vanished", |builder| builder);
    let of_driver = api.driver("vanished", "GET", "status", "").await;
    let of_node = api.node("GET", "status", "").await;
    for reply in [of_driver, of_node] {
        assert_fault(&reply, 404, "no driver `vanished` is linked into this conductor");
        assert_fault(&reply, 404, "linked: `layered`, `metadata`");
        assert_fault(&reply, 404, "`use my_driver as _;`");
    }
}

#[tokio::test]
async fn b11_a_conductor_without_drivers_says_so() {
    let api = Api::of(Registry::builder().build().unwrap(), "vanished", |builder| builder);
    let reply = api.client.send("GET", &format!("/v1/nodes/{NODE}/vendor_passthru/x"), "").await;
    assert_fault(&reply, 404, "linked: none.");
    assert_fault(&reply, 404, "`use my_driver as _;`");
}
