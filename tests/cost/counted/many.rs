//! Ten thousand vendor methods, without the minutes that compiling so many functions would take:
//! 100 interfaces of 100 methods, each on ten drivers of its own, and all with the same glue.
//!
//! What a registry is built from is the same as of so many annotated impls: 100 entries of
//! `inventory`, and 10,000 of constant tables, each with its metadata and the address of a function.
//! That the addresses are alike, nothing that builds a registry or looks into it could see.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a constant both are errors of the compiler's, and no number here is out of reach"
)]

use vendor_passthru::__private::{
    self as private, Argument, Arguments, Convert, InstanceRef, InterfaceMetadata, JsonValue, Lock,
    MethodError, MethodParts, MethodResult, MethodRun, RunningCall, SharedTask,
};
use vendor_passthru::metadata::ArgumentMetadata;
use vendor_passthru::prelude::*;
use vendor_passthru::{Registry, RegistryBuilder, VendorMethod, VendorMethods};

pub(crate) const INTERFACES: usize = 100;
pub(crate) const METHODS_OF_EACH: usize = 100;
/// How many drivers have the interface.
const DRIVERS_OF_EACH: usize = 10;
pub(crate) const DRIVERS: usize = INTERFACES * DRIVERS_OF_EACH;

/// What the attribute generates for one method.
pub(crate) type Glue = fn(InstanceRef<Many>, RunningCall, &mut Arguments<'_>) -> Option<MethodRun>;

/// One type whose impls are told apart by [`Impl`], as by what the attribute generates.
pub(crate) struct Many;

impl VendorInterface for Many {}

impl Many {
    async fn send_raw(&self, _task: &Task<Shared>, raw_bytes: String) -> Result<bool> {
        Ok(!raw_bytes.is_empty())
    }

    /// What `#[passthru(methods = ["POST"], async_call = false, require_exclusive_lock = false)]`
    /// generates for the method above.
    pub(crate) fn glue(
        interface: InstanceRef<Self>,
        call: RunningCall,
        arguments: &mut Arguments<'_>,
    ) -> Option<MethodRun> {
        let raw_bytes = Argument::take(arguments, "raw_bytes");
        let Ok(raw_bytes) = raw_bytes else { return None };
        Some(Box::pin(async move {
            match private::start(&*interface, call).await {
                Ok(mut task) => private::answer(
                    Self::send_raw(&interface, private::lend(&mut task, SharedTask::of), raw_bytes)
                        .await,
                    Convert {
                        result: MethodResult::result,
                        value: JsonValue::answer,
                        error: MethodError::into_error,
                    },
                ),
                Err(error) => Err(error),
            }
        }))
    }
}

/// The annotated impl of this number, with so many methods.
pub(crate) enum Impl<const NUMBER: usize, const METHODS: usize> {}

impl<const NUMBER: usize, const METHODS: usize> VendorMethods<Impl<NUMBER, METHODS>> for Many {
    const METADATA: InterfaceMetadata = private::interface(
        INTERFACE_NAMES[NUMBER],
        DRIVER_NAMES.split_at(NUMBER * DRIVERS_OF_EACH).1.split_at(DRIVERS_OF_EACH).0,
        false,
        file!(),
        line!(),
    );
    const METHODS: &'static [VendorMethod<Self>] = &methods::<METHODS>(NUMBER);

    fn instance() -> Self {
        Self
    }
}

const ARGUMENTS: &[ArgumentMetadata] = &[private::argument("raw_bytes", false)];

const fn methods<const METHODS: usize>(interface: usize) -> [VendorMethod<Many>; METHODS] {
    let mut methods =
        [const { private::node_method(private::PARTS, Lock::Shared, Many::glue) }; METHODS];
    let mut place = 0;
    while place < METHODS {
        // Authors do not sort their methods.
        let number = interface * METHODS_OF_EACH + place * 7 % METHODS;
        let parts = MethodParts {
            name: METHOD_NAMES[number],
            purpose: "vendor method `send_raw`",
            http_methods: &[HttpMethod::Post],
            async_call: false,
            description: "Send raw bytes to the BMC.",
            arguments: Some(ARGUMENTS),
            ..private::PARTS
        };
        methods[place] = private::node_method(parts, Lock::Shared, Many::glue);
        place += 1;
    }
    methods
}

/// Such as `vendor_0042`.
static INTERFACE_NAMES: [&str; INTERFACES] = {
    static TEXTS: [[u8; 11]; INTERFACES] = numbered(*b"vendor_0000");
    names(&TEXTS)
};

/// Such as `driver_0424`: those of the first interface, and so on.
static DRIVER_NAMES: [&str; DRIVERS] = {
    static TEXTS: [[u8; 11]; DRIVERS] = numbered(*b"driver_0000");
    names(&TEXTS)
};

/// Such as `method_4242`: those of the first interface, those of the second, and so on.
static METHOD_NAMES: [&str; INTERFACES * METHODS_OF_EACH] = {
    static TEXTS: [[u8; 11]; INTERFACES * METHODS_OF_EACH] = numbered(*b"method_0000");
    names(&TEXTS)
};

/// The text with each number in its last four digits.
const fn numbered<const N: usize>(zero: [u8; 11]) -> [[u8; 11]; N] {
    let mut texts = [zero; N];
    let mut number = 0;
    while number < N {
        let (mut rest, mut digit) = (number, 11);
        while rest > 0 {
            digit -= 1;
            texts[number][digit] = b"0123456789"[rest % 10];
            rest /= 10;
        }
        number += 1;
    }
    texts
}

const fn names<const N: usize>(texts: &'static [[u8; 11]; N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut number = 0;
    while number < N {
        names[number] = match std::str::from_utf8(&texts[number]) {
            Ok(name) => name,
            Err(_) => panic!("ASCII is UTF-8"),
        };
        number += 1;
    }
    names
}

/// The name of a driver.
pub(crate) fn driver_name(driver: usize) -> &'static str {
    DRIVER_NAMES[driver]
}

/// The number of the interface that a driver has.
pub(crate) fn interface_of(driver: usize) -> usize {
    driver / DRIVERS_OF_EACH
}

/// The name of an interface.
pub(crate) fn interface_name(interface: usize) -> &'static str {
    INTERFACE_NAMES[interface]
}

/// The name of a method of an interface.
pub(crate) fn method_name(interface: usize, method: usize) -> &'static str {
    METHOD_NAMES[interface * METHODS_OF_EACH + method]
}

/// A registry of the first interface alone, with ten methods.
pub(crate) fn ten() -> RegistryBuilder {
    Registry::builder().interface::<Impl<0, 10>>(Many)
}

macro_rules! submit {
    ($($tens:literal)*) => { $(
        submit!(@ $tens 0 1 2 3 4 5 6 7 8 9);
    )* };
    (@ $tens:literal $($ones:literal)*) => { $(
        private::inventory::submit! {
            private::registration::<Many, Impl<{ $tens * 10 + $ones }, METHODS_OF_EACH>>()
        }
    )* };
}

submit!(0 1 2 3 4 5 6 7 8 9);
