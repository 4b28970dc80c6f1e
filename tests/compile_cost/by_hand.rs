//! The same methods published by what a driver's author would write instead: a table of names,
//! verbs and functions, each of which boxes one future. A value is taken by name with one generic
//! function: a derived struct for the arguments of each method would cost more than three times as
//! much to check and to build.

use std::ops::Range;

use crate::generated::each;

const HEAD: &str = "
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::sync::Mutex;

#[derive(Debug)]
pub enum Error {
    Body(serde_json::Error),
    Missing(&'static str),
    Invalid(&'static str, serde_json::Error),
    Unserializable(serde_json::Error),
    Device(String),
}

pub type Result<T> = std::result::Result<T, Error>;

pub type Answer = Pin<Box<dyn Future<Output = Result<Vec<u8>>> + Send>>;

#[derive(PartialEq, Eq)]
pub enum Verb {
    Get,
    Post,
}

pub struct Method {
    pub name: &'static str,
    pub verbs: &'static [Verb],
    pub description: &'static str,
    pub call: fn(Arc<Vendor>, Arc<Mutex<Node>>, Vec<u8>) -> Answer,
}

#[derive(Default)]
pub struct Node {
    pub name: String,
}

type Arguments<'a> = HashMap<&'a str, &'a RawValue>;

fn arguments(body: &[u8]) -> Result<Arguments<'_>> {
    serde_json::from_slice(body).map_err(Error::Body)
}

fn take<T: DeserializeOwned>(arguments: &Arguments<'_>, name: &'static str) -> Result<T> {
    let value = arguments.get(name).ok_or(Error::Missing(name))?;
    serde_json::from_str(value.get()).map_err(|error| Error::Invalid(name, error))
}

fn answer(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(Error::Unserializable)
}

#[derive(Serialize)]
pub struct Sent {
    pub ok: bool,
}

#[derive(Default)]
pub struct Vendor;
";

const METHOD: &str = "
    /// Method NUMBER of the vendor.
    pub async fn method_NUMBER(&self, node: &mut Node, name: String, count: u32) -> Result<Sent> {
        let _ = node;
        Ok(Sent { ok: name.len() == count as usize })
    }
";

const GLUE: &str = r#"
fn call_method_NUMBER(vendor: Arc<Vendor>, node: Arc<Mutex<Node>>, body: Vec<u8>) -> Answer {
    Box::pin(async move {
        let arguments = arguments(&body)?;
        let name = take(&arguments, "name")?;
        let count = take(&arguments, "count")?;
        let mut node = node.lock().await;
        answer(&vendor.method_NUMBER(&mut node, name, count).await?)
    })
}
"#;

const ENTRY: &str = r#"
    Method {
        name: "method_NUMBER",
        verbs: &[Verb::Post],
        description: "Method NUMBER of the vendor.",
        call: call_method_NUMBER,
    },
"#;

pub(crate) const PROGRAM: &str = r#"
use std::collections::HashMap;
use std::sync::Arc;

use DRIVER::{METHODS, Method, Verb};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let table: HashMap<&str, &Method> = METHODS.iter().map(|each| (each.name, each)).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let arguments: Vec<String> = std::env::args().collect();
    let [_, name, body] = arguments.as_slice() else { return Err("a name and a body".into()) };
    let method = table.get(name.as_str()).ok_or("no such method")?;
    if !method.verbs.contains(&Verb::Post) {
        return Err(method.description.into());
    }
    let call = (method.call)(Arc::default(), Arc::default(), body.clone().into_bytes());
    let json = runtime.block_on(call).map_err(|error| format!("{error:?}"))?;
    println!("{}", String::from_utf8_lossy(&json));
    Ok(())
}
"#;

pub(crate) fn library(methods: Range<u32>) -> String {
    let each = |text| each(methods.clone(), text);
    let (functions, glue, entries) = (each(METHOD), each(GLUE), each(ENTRY));
    format!(
        "{HEAD}\nimpl Vendor {{{functions}}}\n{glue}\npub const METHODS: &[Method] = &[{entries}];\n"
    )
}
