impl Vendor {
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
    /// Takes the place of an inherited one.
    #[driver_passthru(__read_by_vendor_interface)]
    async fn version(&self, context: &Context) -> Result<u32> {
        Ok(2)
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
    impl __Glue for Vendor
    where
        for<'any> Vendor: __private::VendorType,
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
                                <Self>::version(
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
    impl __private::VendorMethods<__VendorInterface> for Vendor
    where
        for<'any> Vendor: __private::VendorType,
    {
        const METADATA: __private::InterfaceMetadata = __private::removing(
            __private::interface(
                "example-2",
                &["example-2"],
                false,
                __private::file!(),
                __private::line!(),
            ),
            &["eject", "status"],
        );
        const METHODS: &'static [__private::VendorMethod<Self>] = &[
            __private::driver_method(
                __private::MethodParts {
                    name: "version",
                    http_methods: &[__private::HttpMethod::Get],
                    description: "Takes the place of an inherited one.",
                    async_call: false,
                    overrides: true,
                    ..__private::PARTS
                },
                Self::__method_0,
            ),
        ];
        fn instance() -> Self {
            <Vendor as __private::Instance>::instance()
        }
        fn extended(&self) -> __private::Option<__private::Extended> {
            __private::Option::Some(
                __private::ExtendedInterface::extended(&self.inner.base),
            )
        }
    }
    __private::inventory::submit! {
        { let _ = < Vendor as __private::VendorInterface > ::get_properties; let () = <
        Vendor as __private::Registered > ::CHECKED; __private::registration:: < Vendor,
        __VendorInterface > () }
    }
};
