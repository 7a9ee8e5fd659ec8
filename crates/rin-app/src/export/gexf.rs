//! The web as GEXF 1.3 (<https://gexf.net/schema.html>): a graph in time, whose edges begin and end.

use std::io::{self, Write};

use super::{
    graph::{Edge, Graph, Node, Spell},
    xml::escaped,
};

/// Name and type of what is known of a node, in the order of [`values`].
const ATTRIBUTES: [(&str, &str); 8] = [
    ("own", "boolean"),
    ("kind", "string"),
    ("platforms", "string"),
    ("tags", "string"),
    ("campaign", "string"),
    ("level", "string"),
    ("alive", "double"),
    ("contact_days", "integer"),
];

/// Writes it.
pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">"
    )?;
    writeln!(out, "<meta lastmodifieddate=\"{}\"><creator>Rin</creator></meta>", graph.as_of)?;
    writeln!(
        out,
        "<graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">"
    )?;
    writeln!(out, "<attributes class=\"node\" mode=\"static\">")?;
    for (at, (name, kind)) in ATTRIBUTES.iter().enumerate() {
        writeln!(out, "<attribute id=\"{at}\" title=\"{name}\" type=\"{kind}\"/>")?;
    }
    writeln!(out, "</attributes>\n<attributes class=\"edge\" mode=\"static\">")?;
    writeln!(out, "<attribute id=\"kind\" title=\"kind\" type=\"string\"/>")?;
    writeln!(out, "<attribute id=\"platform\" title=\"platform\" type=\"string\"/>")?;
    writeln!(out, "</attributes>\n<nodes>")?;
    graph.nodes.iter().try_for_each(|one| node(one, &mut out))?;
    writeln!(out, "</nodes>\n<edges>")?;
    graph.edges.iter().enumerate().try_for_each(|(at, one)| edge(at, one, &mut out))?;
    writeln!(out, "</edges>\n</graph>\n</gexf>")?;
    out.flush()
}

fn node(node: &Node, out: &mut impl Write) -> io::Result<()> {
    write!(out, "<node id=\"{}\" label=\"{}\"><attvalues>", node.party, escaped(&node.name))?;
    for (at, value) in values(node).into_iter().enumerate() {
        if let Some(value) = value {
            write!(out, "<attvalue for=\"{at}\" value=\"{}\"/>", escaped(&value))?;
        }
    }
    writeln!(out, "</attvalues></node>")
}

/// Returns what is known of a node; what is not known is missing.
fn values(node: &Node) -> [Option<String>; 8] {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    [
        Some(node.is_own.to_string()),
        node.kind.and_then(text),
        text(&node.platforms),
        text(&node.tags),
        node.campaign.clone(),
        node.level.and_then(text),
        node.alive.map(|alive| alive.to_string()),
        node.contact_days.map(|days| days.to_string()),
    ]
}

fn edge(at: usize, edge: &Edge, out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "<edge id=\"{at}\" source=\"{}\" target=\"{}\" kind=\"{}\" weight=\"{}\"",
        edge.from, edge.to, edge.kind, edge.weight
    )?;
    let times = |spell: &Spell| {
        let start = spell.start.as_ref().map(|day| format!(" start=\"{day}\""));
        let end = spell.end.as_ref().map(|day| format!(" end=\"{day}\""));
        format!("{}{}", start.unwrap_or_default(), end.unwrap_or_default())
    };
    let spells = match edge.spells.as_slice() {
        [only] => {
            write!(out, "{}", times(only))?;
            String::new()
        }
        many => {
            let each: Vec<String> =
                many.iter().map(|spell| format!("<spell{}/>", times(spell))).collect();
            format!("<spells>{}</spells>", each.concat())
        }
    };
    writeln!(
        out,
        "><attvalues><attvalue for=\"kind\" value=\"{}\"/><attvalue for=\"platform\" value=\"{}\"/></attvalues>{spells}</edge>",
        edge.kind,
        escaped(&edge.platform)
    )
}
