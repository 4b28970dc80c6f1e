impl ExampleVendor {
    #[allow(
        clippy::missing_const_for_fn,
        clippy::needless_pass_by_value,
        clippy::single_call_fn,
        clippy::trivially_copy_pass_by_ref,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self,
        clippy::wrong_self_convention
    )]
    /// Authentication types the BMC supports.
    #[driver_passthru(__read_by_vendor_interface)]
    async fn authentication_types(
        &self,
        context: &Context,
    ) -> Result<AuthenticationTypes> {
        Ok(AuthenticationTypes::of(context))
    }
}
const _: () = {
    use ::vendor_passthru::__private;
    #[doc(hidden)]
    pub enum __VendorInterface {}
    trait __Glue: __private::Sized + 'static {
        fn __method_0(
            interface: __private::Arc<Self>,
            call: __private::Call,
        ) -> __private::Result<__private::DriverRun, __private::Error>;
    }
    impl __Glue for ExampleVendor
    where
        for<'any> ExampleVendor: __private::VendorType,
    {
        fn __method_0(
            interface: __private::Arc<Self>,
            call: __private::Call,
        ) -> __private::Result<__private::DriverRun, __private::Error> {
            let arguments = match __private::Call::arguments(&call) {
                __private::Result::Ok(arguments) => arguments,
                __private::Result::Err(error) => return __private::Result::Err(error),
            };
            if let __private::Result::Err(error) = __private::finish(arguments) {
                return __private::Result::Err(error);
            }
            __private::Result::Ok(
                __private::driver_run(
                    interface,
                    call,
                    move |interface, context| __private::Box::pin(
                        <Self>::authentication_types(
                            interface,
                            __private::lend(context, __private::DriverContext::of),
                        ),
                    ),
                    __private::Convert {
                        result: __private::MethodResult::result,
                        value: __private::JsonValue::answer,
                        error: __private::MethodError::into_error,
                    },
                ),
            )
        }
    }
    #[doc(hidden)]
    impl __private::VendorMethods<__VendorInterface> for ExampleVendor
    where
        for<'any> ExampleVendor: __private::VendorType,
    {
        const METADATA: __private::InterfaceMetadata = __private::interface(
            "example",
            &["example", "other"],
            false,
            __private::file!(),
            __private::line!(),
        );
        const METHODS: &'static [__private::VendorMethod<Self>] = &[
            __private::driver_method(
                __private::MethodParts {
                    name: "authentication_types",
                    http_methods: &[__private::HttpMethod::Get],
                    description: "Authentication types the BMC supports.",
                    async_call: false,
                    ..__private::PARTS
                },
                Self::__method_0,
            ),
        ];
        fn instance() -> Self {
            <ExampleVendor as __private::Instance>::instance()
        }
    }
    __private::inventory::submit! {
        { let _ = < ExampleVendor as __private::VendorInterface > ::get_properties; let
        () = < ExampleVendor as __private::Registered > ::CHECKED;
        __private::registration:: < ExampleVendor, __VendorInterface > () }
    }
};
