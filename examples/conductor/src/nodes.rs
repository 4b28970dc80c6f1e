//! The nodes of the conductor: those of a file, or the demo nodes that are built in.
//! Read strictly: a mistake is refused, with its place in the file. The form, as TOML:
//!
//! ```toml
#![doc = include_str!("../nodes.toml")]
//! ```

use std::error::Error;
use std::fmt;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use toml::Spanned;
use vendor_passthru::{MemoryStore, Node, Registry, Uuid};

/// The demo nodes, as the text of a file.
pub(crate) const DEMO: &str = include_str!("../nodes.toml");

/// A store with the nodes of this file, or with the demo nodes.
pub(crate) fn load(
    file: Option<&Path>,
    registry: &Registry,
) -> Result<MemoryStore, Box<dyn Error>> {
    let Some(file) = file else {
        return Ok(read(DEMO, toml_nodes, registry)?);
    };
    let name = file.display();
    let parse = match file.extension().and_then(|extension| extension.to_str()) {
        Some("toml") => toml_nodes,
        Some("json") => json_nodes,
        _ => return Err(format!("{name}: the file's name must end in .toml or .json").into()),
    };
    let text = fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
    Ok(read(&text, parse, registry).map_err(|mistake| format!("{name}:{mistake}"))?)
}

/// What is wrong in a file, and where.
#[derive(Debug)]
struct Mistake {
    line: usize,
    column: usize,
    message: String,
}

impl Mistake {
    /// A mistake that many bytes into the text.
    fn at(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Self { line, column, message: message.into() }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, message } = self;
        write!(f, "{line}:{column}: {}", message.trim().replace('\n', "; "))
    }
}

impl Error for Mistake {}

/// A file, whatever is known of its nodes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<N> {
    nodes: Vec<N>,
}

/// A node as a file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    uuid: Uuid,
    name: Option<Name>,
    driver: String,
    vendor_interface: Option<String>,
    #[serde(default)]
    driver_info: Map<String, Value>,
    #[serde(default)]
    instance_info: Map<String, Value>,
}

/// A name that can stand in a URL, where it is taken for no UUID and for no page.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Name(String);

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        if name.is_empty() || !name.chars().all(plain) {
            return Err(format!("name {name:?} has other characters than letters, digits, -._~"));
        }
        if name == "detail" || Uuid::try_parse(&name).is_ok() {
            return Err(format!("name {name:?} would be taken for something else in a URL"));
        }
        Ok(Self(name))
    }
}

impl From<Entry> for Node {
    fn from(entry: Entry) -> Self {
        let mut node = Self::new(entry.uuid, entry.driver);
        node.name = entry.name.map(|Name(name)| name);
        node.vendor_interface = entry.vendor_interface;
        node.driver_info = entry.driver_info;
        node.instance_info = entry.instance_info;
        node
    }
}

/// The nodes of a text, each with the place where it begins.
type Parse = fn(&str) -> Result<Vec<(usize, Entry)>, Mistake>;

fn toml_nodes(text: &str) -> Result<Vec<(usize, Entry)>, Mistake> {
    let file: File<Spanned<Entry>> = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        Mistake::at(text, offset, error.message())
    })?;
    Ok(file.nodes.into_iter().map(|node| (node.span().start, node.into_inner())).collect())
}

/// Reads twice: once for the nodes, with the places of mistakes, once for where the nodes begin.
fn json_nodes(text: &str) -> Result<Vec<(usize, Entry)>, Mistake> {
    let file: File<Entry> = serde_json::from_str(text).map_err(|error| json_mistake(&error))?;
    let places: File<&RawValue> =
        serde_json::from_str(text).map_err(|error| json_mistake(&error))?;
    let start = text.as_ptr().addr();
    let places = places.nodes.into_iter().map(|node| node.get().as_ptr().addr() - start);
    Ok(places.zip(file.nodes).collect())
}

fn json_mistake(error: &serde_json::Error) -> Mistake {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let place = format!(" at line {line} column {column}");
    let message = text.strip_suffix(&place).unwrap_or(&text).to_owned();
    // In an empty text the column is 0.
    Mistake { line, column: column.max(1), message }
}

/// A store with the nodes of this text.
fn read(text: &str, parse: Parse, registry: &Registry) -> Result<MemoryStore, Mistake> {
    let store = MemoryStore::new();
    for (place, entry) in parse(text)? {
        let node = Node::from(entry);
        let mistake = |message: String| Mistake::at(text, place, message);
        served(&node, registry).map_err(mistake)?;
        if node.driver_info.values().chain(node.instance_info.values()).any(has_date) {
            return Err(mistake("a date cannot be passed on to drivers; make it a string".into()));
        }
        store.insert(node).map_err(|taken| mistake(taken.to_string()))?;
    }
    Ok(store)
}

/// Whether the conductor has the node's driver and vendor interface.
fn served(node: &Node, registry: &Registry) -> Result<(), String> {
    let interfaces = registry.interfaces(&node.driver).map_err(|unknown| unknown.to_string())?;
    let Some(asked) = node.requested_interface() else { return Ok(()) };
    let names: Vec<_> = interfaces.map(|interface| interface.name).chain(["no-vendor"]).collect();
    if names.contains(&asked) {
        return Ok(());
    }
    let (driver, names) = (&node.driver, names.join(", "));
    Err(format!("driver {driver:?} has no vendor interface {asked:?}; it has {names}"))
}

/// Whether there is one of TOML's dates inside: JSON has none, so it comes as an object under a
/// key of the parser's own.
fn has_date(value: &Value) -> bool {
    match value {
        Value::Object(object) => {
            object.contains_key("$__toml_private_datetime") || object.values().any(has_date)
        }
        Value::Array(array) => array.iter().any(has_date),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(text: &str, parse: Parse) -> Result<Vec<Node>, String> {
        let store = read(text, parse, &Registry::collect().unwrap());
        let nodes = store.map_err(|mistake| mistake.to_string())?.nodes();
        Ok(nodes.into_iter().map(|node| Node::clone(&node)).collect())
    }

    /// A node with these lines after the needed ones.
    fn with(lines: &str) -> String {
        format!(
            "[[nodes]]\nuuid = \"1be26c0b-03f2-4d2e-ae87-c02d7f33c123\"\ndriver = \"example\"\n{lines}"
        )
    }

    #[track_caller]
    fn refused(text: &str, parse: Parse, begins: &str) {
        let mistake = nodes(text, parse).unwrap_err();
        assert!(mistake.starts_with(begins), "{text}\n{mistake}");
    }

    #[test]
    fn the_demo_nodes_are_good_and_on_both_drivers() {
        let nodes = nodes(DEMO, toml_nodes).unwrap();
        for driver in ["example", "fake-hardware"] {
            assert!(nodes.iter().any(|node| node.driver == driver && node.name.is_some()));
        }
    }

    #[test]
    fn toml_and_json_give_the_same_nodes() {
        let toml = with(
            "name = \"a-1\"\nvendor_interface = \"no-vendor\"\n\
             driver_info = { port = 623 }\ninstance_info = { vendor_interface = \"example\" }\n",
        );
        let json = r#"{"nodes": [{
            "uuid": "1be26c0b-03f2-4d2e-ae87-c02d7f33c123", "driver": "example",
            "name": "a-1", "vendor_interface": "no-vendor",
            "driver_info": {"port": 623}, "instance_info": {"vendor_interface": "example"}
        }]}"#;
        let nodes_of_toml = nodes(&toml, toml_nodes).unwrap();
        assert_eq!(nodes_of_toml, nodes(json, json_nodes).unwrap());
        let [node] = nodes_of_toml.as_slice() else { panic!("{nodes_of_toml:?}") };
        assert_eq!(node.name.as_deref(), Some("a-1"));
        assert_eq!(node.vendor_interface.as_deref(), Some("no-vendor"));
        assert_eq!(node.requested_interface(), Some("example"));
        assert_eq!(node.driver_info["port"], 623);
    }

    #[test]
    fn a_file_may_have_no_nodes() {
        assert_eq!(nodes("nodes = []", toml_nodes).unwrap(), []);
        assert_eq!(nodes(r#"{"nodes": []}"#, json_nodes).unwrap(), []);
    }

    #[test]
    fn toml_mistakes_have_their_place() {
        for (text, begins) in [
            ("", "1:1: missing field `nodes`"),
            ("[[nodes]]\nuuid = \"", "2:9: invalid basic string"),
            ("[[nodes]]\nuuid = \"1be26c0b\"", "2:8: UUID parsing failed"),
            ("[[nodes]]\ndriver = 1", "2:10: invalid type: integer `1`, expected a string"),
            ("[[nodes]]\ndriver = \"example\"", "1:1: missing field `uuid`"),
            ("nodes = []\nnode = 1", "2:1: unknown field `node`"),
            (&with("nome = \"a\""), "4:1: unknown field `nome`"),
            (&with("name = \"a\"\nname = \"b\""), "5:1: duplicate key"),
            (&with("driver_info = { a = [2026-11-23] }"), "1:1: a date cannot be passed on"),
        ] {
            refused(text, toml_nodes, begins);
        }
    }

    #[test]
    fn json_mistakes_have_their_place() {
        for (text, begins) in [
            ("", "1:1: EOF while parsing a value"),
            ("{}", "1:2: missing field `nodes`"),
            ("{\"nodes\": [\n{\"uuid\": 1}]}", "2:10: invalid type: integer `1`"),
            ("{\"nodes\": [],\n\"node\": 1}", "2:6: unknown field `node`"),
            ("{\"nodes\": [\n{\"nome\": 1}]}", "2:7: unknown field `nome`"),
            ("{\"nodes\": []}\n}", "2:1: trailing characters"),
        ] {
            refused(text, json_nodes, begins);
        }
    }

    #[test]
    fn a_driver_or_interface_that_is_not_linked_is_refused() {
        let toml = with("").replace("example", "ilo");
        refused(&toml, toml_nodes, "1:1: no driver `ilo` is linked");
        let json = "{\"nodes\": [\n  {\"uuid\": \"1be26c0b-03f2-4d2e-ae87-c02d7f33c123\", \
                    \"driver\": \"ilo\"}]}";
        refused(json, json_nodes, "2:3: no driver `ilo` is linked");
        let says = "1:1: driver \"example\" has no vendor interface \"fake\"; it has example";
        refused(&with("vendor_interface = \"fake\""), toml_nodes, says);
        refused(&with("instance_info = { vendor_interface = \"fake\" }"), toml_nodes, says);
    }

    #[test]
    fn a_uuid_or_name_belongs_to_one_node() {
        let twice = with("\n") + &with("");
        refused(&twice, toml_nodes, "5:1: UUID 1be26c0b-03f2-4d2e-ae87-c02d7f33c123 is taken");
        let named = with("name = \"a\"\n");
        let twice = named.clone() + &named.replace("c123", "c124");
        refused(&twice, toml_nodes, "5:1: name \"a\" is taken");
    }

    #[test]
    fn a_name_can_stand_in_a_url() {
        for name in ["", "a b", "a/b", "\u{fc}", "detail", "1be26c0b-03f2-4d2e-ae87-c02d7f33c123"] {
            refused(&with(&format!("name = \"{name}\"")), toml_nodes, "4:8: name");
        }
    }

    #[test]
    fn a_mistake_of_many_lines_is_told_in_one() {
        let mistake = Mistake::at("a\nb\u{fc}c", 5, "first\nsecond\n");
        assert_eq!(mistake.to_string(), "2:3: first; second");
    }
}
