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
    #[vendor::passthru(__read_by_vendor_interface)]
    async fn r#loop(&self, task: &mut Task<Exclusive>) -> Result<(), Failure> {
        power_cycle(task).await
    }
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
    #[vendor::driver_passthru(__read_by_vendor_interface)]
    async fn state(&self, context: &Context) -> Result<(), Failure> {
        Ok(())
    }
}
const _: () = {
    use ::renamed::vendor::__private;
    #[doc(hidden)]
    pub enum __VendorInterface {}
    trait __Glue: __private::Sized + 'static {
        fn __method_0(
            interface: __private::InstanceRef<Self>,
            call: __private::RunningCall,
            arguments: &mut __private::Arguments<'_>,
        ) -> __private::Option<__private::MethodRun>;
        fn __method_1(
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
                    match __private::start(&*interface, call).await {
                        __private::Result::Ok(mut task) => {
                            __private::answer(
                                <Self>::r#loop(
                                        &interface,
                                        __private::lend(&mut task, __private::ExclusiveTask::of),
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
        fn __method_1(
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
                                <Self>::state(
                                        &interface,
                                        __private::lend(
                                            __private::context(&call),
                                            __private::DriverContext::of,
                                        ),
                                    )
                                    .await,
                                __private::Convert {
                                    result: __private::MethodResult::result,
                                    value: __private::NoValue::answer,
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
            true,
            __private::file!(),
            __private::line!(),
        );
        const METHODS: &'static [__private::VendorMethod<Self>] = &[
            __private::node_method(
                __private::MethodParts {
                    name: "power.cycle",
                    purpose: "vendor method `power.cycle`",
                    http_methods: &[__private::HttpMethod::Post],
                    description: "Turns it off and on.",
                    async_call: false,
                    call_timeout: __private::Option::Some({
                        let given: __private::time::Duration = Duration::from_secs(5);
                        given
                    }),
                    run_limit: __private::Option::Some({
                        let given: __private::time::Duration = longest::<
                            u8,
                            { 1 + 1 },
                        >();
                        given
                    }),
                    ..__private::PARTS
                },
                __private::Lock::Exclusive,
                Self::__method_0,
            ),
            __private::driver_method(
                __private::MethodParts {
                    name: "power.state",
                    http_methods: &[__private::HttpMethod::Get],
                    description: "Whether it is on.",
                    call_timeout: __private::Option::Some({
                        let given: __private::time::Duration = TIMEOUT;
                        given
                    }),
                    run_limit: __private::Option::Some({
                        let given: __private::time::Duration = TIMEOUT * 2;
                        given
                    }),
                    ..__private::PARTS
                },
                Self::__method_1,
            ),
        ];
        fn instance() -> Self {
            __private::New::<Self>::instance(ExampleVendor::open)
        }
    }
    __private::inventory::submit! {
        { let _ = < ExampleVendor as __private::VendorInterface > ::get_properties; let
        () = < ExampleVendor as __private::Registered > ::CHECKED;
        __private::registration:: < ExampleVendor, __VendorInterface > () }
    }
};
