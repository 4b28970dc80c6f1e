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
            interface: __private::InstanceRef<Self>,
            call: __private::RunningCall,
            arguments: &mut __private::Arguments<'_>,
        ) -> __private::Option<__private::MethodRun>;
    }
    impl __Glue for ExampleVendor
    where
        for<'any> ExampleVendor: __private::VendorType,
    {
        fn __method_0(
            interface: __private::InstanceRef<Self>,
            call: __private::RunningCall,
            arguments: &mut __private::Arguments<'_>,
        ) -> __private::Option<__private::MethodRun> {
            let _ = arguments;
            __private::Option::Some(
                __private::Box::pin(async move {
                    match __private::start_driver(&*interface, &call).await {
                        __private::Result::Ok(()) => {
                            __private::answer(
                                <Self>::authentication_types(
                                        &interface,
                                        __private::lend(
                                            __private::context(&call),
                                            __private::DriverContext::of,
                                        ),
                                    )
                                    .await,
                                __private::Convert {
                                    result: __private::MethodResult::result,
                                    value: __private::JsonValue::answer,
                                    error: __private::MethodError::into_error,
                                },
                            )
                        }
                        __private::Result::Err(error) => __private::Result::Err(error),
                    }
                }),
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
