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
    #[passthru(__read_by_vendor_interface)]
    async fn forward(
        &self,
        task: &mut Task,
        http_method: HttpMethod,
        body: Map<String, Value>,
    ) -> Result<Value> {
        self.send(task, http_method, body).await
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
    #[driver_passthru(__read_by_vendor_interface)]
    async fn verb_alone(
        &self,
        context: &Context,
        http_method: HttpMethod,
    ) -> Result<()> {
        Ok(())
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
            let argument_0 = __private::RequestMethod::of(&call);
            let argument_1 = __private::Argument::take_all(arguments);
            let __private::Result::Ok(argument_1) = argument_1 else {
                return __private::Option::None
            };
            __private::Option::Some(
                __private::Box::pin(async move {
                    match __private::start(&*interface, call).await {
                        __private::Result::Ok(mut task) => {
                            __private::answer(
                                <Self>::forward(
                                        &interface,
                                        __private::lend(&mut task, __private::ExclusiveTask::of),
                                        argument_0,
                                        argument_1,
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
            let argument_0 = __private::RequestMethod::of(&call);
            __private::Option::Some(
                __private::Box::pin(async move {
                    match __private::start_driver(&*interface, &call).await {
                        __private::Result::Ok(()) => {
                            __private::answer(
                                <Self>::verb_alone(
                                        &interface,
                                        __private::lend(
                                            __private::context(&call),
                                            __private::DriverContext::of,
                                        ),
                                        argument_0,
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
            &["example"],
            false,
            __private::file!(),
            __private::line!(),
        );
        const METHODS: &'static [__private::VendorMethod<Self>] = &[
            __private::node_method(
                __private::MethodParts {
                    name: "forward",
                    purpose: "vendor method `forward`",
                    http_methods: &[
                        __private::HttpMethod::Get,
                        __private::HttpMethod::Post,
                        __private::HttpMethod::Put,
                        __private::HttpMethod::Patch,
                        __private::HttpMethod::Delete,
                    ],
                    async_call: false,
                    arguments: __private::Option::None,
                    ..__private::PARTS
                },
                __private::Lock::Exclusive,
                Self::__method_0,
            ),
            __private::driver_method(
                __private::MethodParts {
                    name: "verb_alone",
                    http_methods: &[__private::HttpMethod::Delete],
                    ..__private::PARTS
                },
                Self::__method_1,
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
