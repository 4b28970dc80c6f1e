//! Interfaces that extend others, wherever their fields and names come from.

use std::sync::Arc;

use vendor_passthru::Registry;
use vendor_passthru::prelude::*;
use vendor_passthru::testing::{TestConductor, json};

/// Two fields deep, one without a name.
#[derive(Default)]
struct Bases(Arc<r#loop::Base>);

mod r#loop {
    use vendor_passthru::prelude::*;

    #[derive(Default)]
    pub(super) struct Base;

    impl VendorInterface for Base {}

    #[vendor_interface(name = "extended", drivers = ["extended"])]
    impl Base {
        #[passthru(methods = ["GET"], async_call = false)]
        async fn name(&self, _task: &mut Task) -> Result<&'static str> {
            Ok("base")
        }

        #[passthru(methods = ["GET"], async_call = false)]
        pub(super) async fn r#type(&self, _task: &mut Task) -> Result<&'static str> {
            Ok("base")
        }
    }
}

#[derive(Default)]
struct Vendor {
    r#type: Bases,
}

impl VendorInterface for Vendor {}

#[vendor_interface(name = "extending", drivers = ["extending"], extends = self.r#type.0)]
impl Vendor {
    #[passthru(methods = ["GET"], async_call = false, overrides = true)]
    async fn r#type(&self, task: &mut Task) -> Result<String> {
        let base = self.r#type.0.r#type(task).await?;
        Ok(format!("extending {base}"))
    }

    #[passthru(methods = ["GET"], async_call = false, overrides = false)]
    async fn own(&self, _task: &mut Task) -> Result<()> {
        Ok(())
    }
}

macro_rules! extending {
    ($name:literal, $field:ident) => {
        #[derive(Default)]
        struct MacroMade {
            $field: Arc<Vendor>,
        }

        impl VendorInterface for MacroMade {}

        #[vendor_interface(name = $name, drivers = [$name], extends = self.$field, removes = ["own"])]
        impl MacroMade {
            #[passthru(methods = ["GET"], async_call = false)]
            async fn its_own(&self, _task: &mut Task) -> Result<()> {
                Ok(())
            }
        }
    };
}

extending!("macro-made-extending", inner);

#[tokio::test]
async fn a_field_is_found_however_it_is_named() {
    let conductor = TestConductor::new(Vendor::default());
    for (method, answer) in [("name", "base"), ("type", "extending base")] {
        let called = conductor.call(HttpMethod::Get, method, json!({})).await;
        assert_eq!(called.value::<String>(), answer);
    }
}

#[tokio::test]
async fn a_macro_may_write_it() {
    let conductor = TestConductor::new(MacroMade::default());
    let called = conductor.call(HttpMethod::Get, "type", json!({})).await;
    assert_eq!(called.value::<String>(), "extending base");
    assert_eq!(conductor.call(HttpMethod::Get, "own", json!({})).await.status(), 400);
}

#[test]
fn a_collected_interface_cannot_extend_what_the_conductor_made() {
    let registry = Registry::builder().collected();
    assert!(registry.build().is_ok());
    let error = Registry::builder().collected().interface(r#loop::Base).build().unwrap_err();
    let [its_own, of_the_macro] = error.problems() else { panic!("{error}") };
    for (problem, name) in [(its_own, "extending"), (of_the_macro, "macro-made-extending")] {
        assert!(problem.starts_with(&format!("vendor interface `{name}` (")), "{problem}");
        let says = "of which the conductor has an instance of its own";
        assert!(problem.contains("extends `extended` (") && problem.contains(says), "{problem}");
    }
    let base = Arc::new(r#loop::Base);
    let vendor = Arc::new(Vendor { r#type: Bases(Arc::clone(&base)) });
    let all = Registry::builder().collected().shared_interface(base);
    let all = all.shared_interface(Arc::clone(&vendor)).interface(MacroMade { inner: vendor });
    assert!(all.build().is_ok());
}
