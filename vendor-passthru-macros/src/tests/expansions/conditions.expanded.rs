#[cfg(feature = "example")]
#[allow(dead_code)]
#[expect(clippy::unused_async, reason = "for later")]
impl ExampleVendor {
    #![allow(unused_variables)]
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
    #[cfg(unix)]
    #[deprecated(note = "use `reboot`")]
    #[passthru(__read_by_vendor_interface)]
    #[allow(clippy::unused_self, deprecated)]
    async fn reset(&self, #[expect(unused)] task: &mut Task) -> Result<()> {
        Ok(())
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
    #[cfg(not(unix))]
    #[cfg(target_pointer_width = "64")]
    #[passthru(__read_by_vendor_interface)]
    /**Resets
the node.*/
    async fn reset_elsewhere(
        &self,
        task: &mut Task,
        #[allow(unused)]
        hard: bool,
    ) -> Result<()> {
        Ok(())
    }
}
#[cfg(feature = "example")]
#[allow(dead_code)]
#[allow(clippy::unused_async, reason = "for later")]
#[allow(unused_variables)]
const _: () = {
    use ::vendor_passthru::__private;
    #[doc(hidden)]
    pub enum __VendorInterface {}
    trait __Glue: __private::Sized + 'static {
        #[cfg(unix)]
        fn __method_0(
            interface: __private::InstanceRef<Self>,
            call: __private::RunningCall,
            arguments: &mut __private::Arguments<'_>,
        ) -> __private::Option<__private::MethodRun>;
        #[cfg(not(unix))]
        #[cfg(target_pointer_width = "64")]
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
        #[cfg(unix)]
        #[allow(deprecated)]
        #[allow(clippy::unused_self, deprecated)]
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
                                <Self>::reset(
                                        &interface,
                                        __private::lend(&mut task, __private::ExclusiveTask::of),
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
        #[cfg(not(unix))]
        #[cfg(target_pointer_width = "64")]
        fn __method_1(
            interface: __private::InstanceRef<Self>,
            call: __private::RunningCall,
            arguments: &mut __private::Arguments<'_>,
        ) -> __private::Option<__private::MethodRun> {
            let argument_0 = __private::Argument::take(arguments, "hard");
            let __private::Result::Ok(argument_0) = argument_0 else {
                return __private::Option::None
            };
            __private::Option::Some(
                __private::Box::pin(async move {
                    match __private::start(&*interface, call).await {
                        __private::Result::Ok(mut task) => {
                            __private::answer(
                                <Self>::reset_elsewhere(
                                        &interface,
                                        __private::lend(&mut task, __private::ExclusiveTask::of),
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
            true,
            __private::file!(),
            __private::line!(),
        );
        const METHODS: &'static [__private::VendorMethod<Self>] = &[
            #[cfg(unix)]
            #[allow(deprecated)]
            #[allow(clippy::unused_self, deprecated)]
            __private::node_method(
                __private::MethodParts {
                    name: "reset",
                    purpose: "vendor method `reset`",
                    http_methods: &[__private::HttpMethod::Post],
                    ..__private::PARTS
                },
                __private::Lock::Exclusive,
                Self::__method_0,
            ),
            #[cfg(not(unix))]
            #[cfg(target_pointer_width = "64")]
            __private::node_method(
                __private::MethodParts {
                    name: "reset",
                    purpose: "vendor method `reset`",
                    http_methods: &[__private::HttpMethod::Post],
                    description: "Resets the node.",
                    arguments: __private::Option::Some(
                        &[__private::argument("hard", false)],
                    ),
                    ..__private::PARTS
                },
                __private::Lock::Exclusive,
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
