//! What is inserted: our words, Rust's, and whole pieces of both.

use proc_macro2::TokenStream;

pub(super) fn pool() -> Vec<TokenStream> {
    POOL.lines().map(|line| line.parse().unwrap()).collect()
}

const POOL: &str = r##"name
drivers
default
extends
removes
new
crate
methods
method
description
async_call
async
attach
call_timeout
run_limit
overrides
require_exclusive_lock
secret
"GET"
"POST"
"FETCH"
"post"
["GET"]
methods = ["POST"],
extends = self.base,
removes = ["reset"],
overrides,
self.base.0
method = "reset",
async_call = false,
Duration::from_secs(5)
#[vendor_interface(name = "example", drivers = ["example"])]
#[passthru(methods = ["POST"])]
#[driver_passthru(methods = ["GET"])]
#[passthru]
#[pasthru]
#[cfg_attr(unix, passthru(methods = ["POST"]))]
#[arg(secret)]
#[arg]
#[args]
#[cfg(unix)]
#[allow(unused)]
#[deprecated]
#[doc = "Resets."]
#![allow(unused)]
#![doc = "Vendor methods."]
async fn more(&self, task: &mut Task) -> Result<()> { Ok(()) }
const A: u8 = { 1 };
bogus! { a, b }
&self
task: &mut Task,
context: &Context,
http_method: HttpMethod,
data: Option<Vec<u8>>,
data: &str,
-> Result<()>
<T: Into<u8>>
where T: 'static
=
,
;
:
::
->
=>
#
!
&
*
<
>
?
.
..
...
|
+
-
@
$
'a
fn
unsafe
const
extern
impl
trait
struct
pub
pub(crate)
self
Self
mut
for
in
dyn
type
use
let
move
where
default
_
r#fn
r#loop
Task
Context
Shared
zażółć
0
1.5
true
'a'
"example"
""
"zażółć"
r#"raw"#
b"bytes"
c"text"
()
[]
{}
"##;
