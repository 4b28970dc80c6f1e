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
    pub(crate) fn flash(&self, task: &Task, image: String) -> Result<()> {
        flash(task.node(), &image)
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
    fn flash_all(&self, _: &Context) -> Result<()> {
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
            let argument_0 = __private::Argument::take(arguments, "image");
            let __private::Result::Ok(argument_0) = argument_0 else {
                return __private::Option::None
            };
            let argument_0 = __private::lend(argument_0, __private::SentArgument::sent);
            __private::Option::Some(
                __private::blocking_node_run(
                    interface,
                    call,
                    move |interface, task| __private::answer(
                        <Self>::flash(
                            interface,
                            __private::lend(task, __private::ExclusiveTask::of),
                            argument_0,
                        ),
                        __private::Convert {
                            result: __private::MethodResult::result,
                            value: __private::NoValue::answer,
                            error: __private::MethodError::into_error,
                        },
                    ),
                ),
            )
        }
        fn __method_1(
            interface: __private::InstanceRef<Self>,
            call: __private::RunningCall,
            arguments: &mut __private::Arguments<'_>,
        ) -> __private::Option<__private::MethodRun> {
            let _ = arguments;
            __private::Option::Some(
                __private::blocking_driver_run(
                    interface,
                    call,
                    move |interface, context| __private::answer(
                        <Self>::flash_all(
                            interface,
                            __private::lend(context, __private::DriverContext::of),
                        ),
                        __private::Convert {
                            result: __private::MethodResult::result,
                            value: __private::NoValue::answer,
                            error: __private::MethodError::into_error,
                        },
                    ),
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
                    name: "flash",
                    purpose: "vendor method `flash`",
                    http_methods: &[__private::HttpMethod::Post],
                    arguments: __private::Option::Some(
                        &[__private::argument("image", false)],
                    ),
                    ..__private::PARTS
                },
                __private::Lock::Exclusive,
                Self::__method_0,
            ),
            __private::driver_method(
                __private::MethodParts {
                    name: "flash-all",
                    http_methods: &[__private::HttpMethod::Put],
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
