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
            interface: __private::Arc<Self>,
            call: __private::Call,
        ) -> __private::Result<__private::NodeRun, __private::Error>;
        fn __method_1(
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
        ) -> __private::Result<__private::NodeRun, __private::Error> {
            let mut arguments = match __private::Call::arguments(&call) {
                __private::Result::Ok(arguments) => arguments,
                __private::Result::Err(error) => return __private::Result::Err(error),
            };
            let argument_0 = __private::RequestMethod::of(&call);
            let argument_1 = __private::Argument::take_all(&mut arguments);
            if let __private::Result::Err(error) = __private::finish(arguments) {
                return __private::Result::Err(error);
            }
            let __private::Result::Ok(argument_1) = argument_1 else {
                return __private::refused()
            };
            __private::Result::Ok(
                __private::node_run(
                    interface,
                    call,
                    move |interface, task| __private::Box::pin(
                        <Self>::forward(
                            interface,
                            __private::lend(task, __private::ExclusiveTask::of),
                            argument_0,
                            argument_1,
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
        fn __method_1(
            interface: __private::Arc<Self>,
            call: __private::Call,
        ) -> __private::Result<__private::DriverRun, __private::Error> {
            let arguments = match __private::Call::arguments(&call) {
                __private::Result::Ok(arguments) => arguments,
                __private::Result::Err(error) => return __private::Result::Err(error),
            };
            let argument_0 = __private::RequestMethod::of(&call);
            if let __private::Result::Err(error) = __private::finish(arguments) {
                return __private::Result::Err(error);
            }
            __private::Result::Ok(
                __private::driver_run(
                    interface,
                    call,
                    move |interface, context| __private::Box::pin(
                        <Self>::verb_alone(
                            interface,
                            __private::lend(context, __private::DriverContext::of),
                            argument_0,
                        ),
                    ),
                    __private::Convert {
                        result: __private::MethodResult::result,
                        value: __private::NoValue::answer,
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
            &["example"],
            false,
            __private::file!(),
            __private::line!(),
        );
        const METHODS: &'static [__private::VendorMethod<Self>] = &[
            __private::node_method(
                __private::MethodParts {
                    name: "forward",
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
