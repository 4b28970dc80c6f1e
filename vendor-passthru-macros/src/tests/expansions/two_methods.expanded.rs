/// What the author writes beside the methods stays as it is.
impl self::nested::Vendor<Option<[u8; { 1 + 2 }]>> {
    const RETRIES: usize = { 3 };
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
    async fn send_raw(&self, task: &mut Task, raw_bytes: RawBytes) -> Result<()> {
        for _ in 0..Self::RETRIES {
            self.send(task, raw_bytes.as_ref()).await?;
        }
        Ok(())
    }
    generated! {
        attributes, passthru
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
    /// A method of the same name as the node method.
    #[driver_passthru(__read_by_vendor_interface)]
    async fn supported(&self, context: &Context) -> Result<()> {
        Ok(())
    }
    #[must_use]
    pub(in crate::nested) async unsafe fn send<'a, T: AsRef<[u8]> + ?Sized>(
        &'a self,
        _task: &mut Task,
        #[cfg(unix)]
        (first, _rest): (T, &'a dyn Fn(u8) -> Vec<Vec<u8>>),
    ) -> Result<impl Iterator<Item = u8> + use<'a, T>, Box<dyn Error + Send>>
    where
        T: 'a,
    {
        let closure = |x: u8| -> bool { x >= 1 && x << 2 != 4 };
        Ok(first.as_ref().iter().copied().filter(closure))
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
    impl __Glue for self::nested::Vendor<Option<[u8; { 1 + 2 }]>>
    where
        for<'any> self::nested::Vendor<Option<[u8; { 1 + 2 }]>>: __private::VendorType,
    {
        fn __method_0(
            interface: __private::InstanceRef<Self>,
            call: __private::RunningCall,
            arguments: &mut __private::Arguments<'_>,
        ) -> __private::Option<__private::MethodRun> {
            let argument_0 = __private::Argument::take(arguments, "raw_bytes");
            let __private::Result::Ok(argument_0) = argument_0 else {
                return __private::Option::None
            };
            __private::Option::Some(
                __private::Box::pin(async move {
                    match __private::start(&*interface, call).await {
                        __private::Result::Ok(mut task) => {
                            __private::answer(
                                <Self>::send_raw(
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
                                <Self>::supported(
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
    impl __private::VendorMethods<__VendorInterface>
    for self::nested::Vendor<Option<[u8; { 1 + 2 }]>>
    where
        for<'any> self::nested::Vendor<Option<[u8; { 1 + 2 }]>>: __private::VendorType,
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
                    name: "send_raw",
                    purpose: "vendor method `send_raw`",
                    http_methods: &[__private::HttpMethod::Post],
                    arguments: __private::Option::Some(
                        &[__private::argument("raw_bytes", false)],
                    ),
                    ..__private::PARTS
                },
                __private::Lock::Exclusive,
                Self::__method_0,
            ),
            __private::driver_method(
                __private::MethodParts {
                    name: "send_raw",
                    http_methods: &[__private::HttpMethod::Get],
                    description: "A method of the same name as the node method.",
                    ..__private::PARTS
                },
                Self::__method_1,
            ),
        ];
        fn instance() -> Self {
            <self::nested::Vendor<
                Option<[u8; { 1 + 2 }]>,
            > as __private::Instance>::instance()
        }
    }
    __private::inventory::submit! {
        { let _ = < self::nested::Vendor < Option < [u8; { 1 + 2 }] > > as
        __private::VendorInterface > ::get_properties; let () = < self::nested::Vendor <
        Option < [u8; { 1 + 2 }] > > as __private::Registered > ::CHECKED;
        __private::registration:: < self::nested::Vendor < Option < [u8; { 1 + 2 }] > >,
        __VendorInterface > () }
    }
};
