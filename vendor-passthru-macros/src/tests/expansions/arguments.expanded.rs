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
    async fn subscribe(
        &self,
        _task: &mut Task,
        event_types: Vec<String>,
        timeout: Seconds,
        password: Password,
        _context: Option<Text<'static>>,
        protocol: Option<Protocol>,
        _unused: u8,
        r#type: (u8, [u8; 2]),
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
            let argument_0 = __private::Argument::take_or(
                arguments,
                "EventTypes",
                __private::Default::default,
            );
            let argument_1 = <Seconds as __private::Argument>::take_or(
                arguments,
                "timeout",
                || Duration::from_secs(30),
            );
            let argument_2 = __private::Argument::take(arguments, "password");
            let argument_3 = <Option<
                Text<'static>,
            > as __private::Argument>::take_or(
                arguments,
                "Context",
                || None::<Text<'static>>,
            );
            let argument_4 = __private::Argument::take(arguments, "protocol");
            let argument_5 = __private::Argument::take(arguments, "unused");
            let argument_6 = __private::Argument::take(arguments, "type");
            let __private::Result::Ok(argument_0) = argument_0 else {
                return __private::Option::None
            };
            let __private::Result::Ok(argument_1) = argument_1 else {
                return __private::Option::None
            };
            let __private::Result::Ok(argument_2) = argument_2 else {
                return __private::Option::None
            };
            let __private::Result::Ok(argument_3) = argument_3 else {
                return __private::Option::None
            };
            let __private::Result::Ok(argument_4) = argument_4 else {
                return __private::Option::None
            };
            let __private::Result::Ok(argument_5) = argument_5 else {
                return __private::Option::None
            };
            let __private::Result::Ok(argument_6) = argument_6 else {
                return __private::Option::None
            };
            __private::Option::Some(
                __private::Box::pin(async move {
                    match __private::start(&*interface, call).await {
                        __private::Result::Ok(mut task) => {
                            __private::answer(
                                <Self>::subscribe(
                                        &interface,
                                        __private::lend(&mut task, __private::ExclusiveTask::of),
                                        argument_0,
                                        argument_1,
                                        argument_2,
                                        argument_3,
                                        argument_4,
                                        argument_5,
                                        argument_6,
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
                    name: "subscribe",
                    purpose: "vendor method `subscribe`",
                    http_methods: &[
                        __private::HttpMethod::Post,
                        __private::HttpMethod::Patch,
                    ],
                    arguments: __private::Option::Some(
                        &[
                            __private::argument("EventTypes", false),
                            __private::argument("timeout", false),
                            __private::argument("password", true),
                            __private::argument("Context", false),
                            __private::argument("protocol", false),
                            __private::argument("unused", false),
                            __private::argument("type", false),
                        ],
                    ),
                    ..__private::PARTS
                },
                __private::Lock::Exclusive,
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
