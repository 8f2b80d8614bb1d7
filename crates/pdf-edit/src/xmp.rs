//! The XMP packet (ISO 16684-1), in step with the information dictionary.
//!
//! What was there of the properties that change is cut out, and a description of the new ones is put in behind the
//! others: all else in the packet stays as it was, byte for byte.

use core::fmt::Write as _;

use crate::info::{Change, InfoChanges};

/// A property: its namespace's usual prefix and address, its name, and the container that its values are in.
struct Property {
    prefix: &'static str,
    namespace: &'static str,
    name: &'static str,
    container: Option<&'static str>,
}

const DC: (&str, &str) = ("dc", "http://purl.org/dc/elements/1.1/");
const PDF: (&str, &str) = ("pdf", "http://ns.adobe.com/pdf/1.3/");
const XMP: (&str, &str) = ("xmp", "http://ns.adobe.com/xap/1.0/");

const fn property(
    (prefix, namespace): (&'static str, &'static str),
    name: &'static str,
    container: Option<&'static str>,
) -> Property {
    Property { prefix, namespace, name, container }
}

/// The properties of the information dictionary's entries (XMP specification, part 3, table for PDF), in its order.
const PROPERTIES: [Property; 8] = [
    property(DC, "title", Some("Alt")),
    property(DC, "creator", Some("Seq")),
    property(DC, "description", Some("Alt")),
    property(PDF, "Keywords", None),
    property(XMP, "CreatorTool", None),
    property(PDF, "Producer", None),
    property(XMP, "CreateDate", None),
    property(XMP, "ModifyDate", None),
];

/// A packet with the changes made; a new one where there is none that could be read.
pub(crate) fn update(packet: &[u8], changes: &InfoChanges<'_>) -> Vec<u8> {
    let texts = changes.texts().map(|(_, change)| match change {
        Change::Keep => Change::Keep,
        Change::Remove => Change::Remove,
        Change::Set(text) => Change::Set(text.to_owned()),
    });
    let dates = changes.dates().map(|(_, change)| match change {
        Change::Keep => Change::Keep,
        Change::Remove => Change::Remove,
        Change::Set(date) => Change::Set(date.iso()),
    });
    let changes = texts.into_iter().chain(dates);
    let edits: Vec<(&Property, Change<String>)> =
        PROPERTIES.iter().zip(changes).filter(|(_, change)| *change != Change::Keep).collect();
    let text = core::str::from_utf8(packet).ok();
    let old = text.filter(|text| end_of_rdf(text).is_some());
    let old = old.unwrap_or(EMPTY);
    let mut new = old.to_owned();
    for (property, _) in &edits {
        let rdf = end_of_rdf(&new).map_or("rdf:", |(_, prefix)| prefix);
        new = without(&new, property, rdf);
    }
    let Some((at, rdf)) = end_of_rdf(&new) else { return new.into_bytes() };
    let about = attribute(&new, &format!("{rdf}about")).unwrap_or("\"\"");
    let mut description = String::new();
    for (property, change) in &edits {
        if let Change::Set(value) = change {
            describe(&mut description, property, value, rdf, about);
        }
    }
    new.insert_str(at, &description);
    new.into_bytes()
}

/// A packet without properties. It has to be found by tools that know nothing of PDF: so it has its usual wrapper.
const EMPTY: &str = "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
    <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
    xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";

/// Where `</rdf:RDF>` begins, and its prefix with the colon.
fn end_of_rdf(text: &str) -> Option<(usize, &str)> {
    let name = text.rfind("RDF>")?;
    let at = text[..name].rfind("</")?;
    let prefix = &text[at + 2..name];
    let plain = prefix.strip_suffix(':').is_some_and(|prefix| prefix.bytes().all(is_name));
    plain.then_some((at, prefix))
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':' | 128..)
}

/// Writes a description of one property.
fn describe(output: &mut String, property: &Property, value: &str, rdf: &str, about: &str) {
    let Property { prefix, namespace, name, container } = property;
    // Writing to a string does not fail.
    let _ = write!(
        output,
        "<{rdf}Description {rdf}about={about} xmlns:{prefix}=\"{namespace}\"><{prefix}:{name}>"
    );
    if let Some(container) = container {
        let language = if *container == "Alt" { " xml:lang=\"x-default\"" } else { "" };
        let _ = write!(output, "<{rdf}{container}><{rdf}li{language}>");
    }
    for character in value.chars() {
        match character {
            '<' => output.push_str("&lt;"),
            '>' => output.push_str("&gt;"),
            '&' => output.push_str("&amp;"),
            // XML 1.0 has no way to write the others.
            '\t' | '\n' | '\r' | ' '.. => output.push(character),
            _ => output.push('\u{fffd}'),
        }
    }
    if let Some(container) = container {
        let _ = write!(output, "</{rdf}li></{rdf}{container}>");
    }
    let _ = writeln!(output, "</{prefix}:{name}></{rdf}Description>");
}

/// The first value of an attribute, in its quotes.
fn attribute<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let at = text.find(&format!("{name}="))? + name.len() + 1;
    let rest = &text[at..];
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let end = rest[1..].find(quote)?;
    Some(&rest[..end + 2])
}

/// A packet without a property, be it written as elements or as attributes.
fn without(text: &str, property: &Property, rdf: &str) -> String {
    let description = format!("{rdf}Description");
    let mut output = String::with_capacity(text.len());
    // The prefix of the namespace may be another, even another in each description.
    let mut prefixes: Vec<&str> = declared(text, property.namespace);
    if !prefixes.contains(&property.prefix) {
        prefixes.push(property.prefix);
    }
    let names: Vec<String> =
        prefixes.iter().map(|prefix| format!("{prefix}:{}", property.name)).collect();
    let mut rest = text;
    // Where the description begins that was opened last, with nothing in it so far.
    let mut opened = None;
    // Elements without an end: looking for it again would take long.
    let mut endless = false;
    while let Some(start) = rest.find('<') {
        output.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(end) = end_of_tag(rest) else { break };
        let (tag, behind) = rest.split_at(end);
        rest = behind;
        let length = tag[1..].bytes().take_while(|byte| is_name(*byte)).count();
        let name = &tag[1..=length];
        if names.iter().any(|own| own == name) {
            if !endless && !tag.ends_with("/>") {
                let close = format!("</{name}>");
                match behind.find(&close) {
                    Some(at) => rest = &behind[at + close.len()..],
                    None => endless = true,
                }
            }
            let close = rest
                .trim_start()
                .strip_prefix("</")
                .and_then(|close| close.strip_prefix(description.as_str())?.strip_prefix('>'));
            // A description that was made here, and has nothing to describe any more.
            if let (Some(start), Some(behind)) = (opened, close) {
                output.truncate(start);
                rest = behind.strip_prefix('\n').unwrap_or(behind);
            }
            continue;
        }
        let start = output.len();
        push_tag(&mut output, tag, &names);
        opened = (name == description && only_declares(&output[start..], rdf)).then_some(start);
    }
    output.push_str(rest);
    output
}

/// Whether a tag says no more than what it is about, and namespaces.
fn only_declares(tag: &str, rdf: &str) -> bool {
    let about = format!("{rdf}about");
    let mut rest =
        tag.trim_end_matches('>').split_once(char::is_whitespace).map_or("", |tag| tag.1);
    loop {
        rest = rest.trim_start();
        let Some((name, value)) = rest.split_once('=') else { return rest.is_empty() };
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let end = quote.and_then(|quote| value[1..].find(quote));
        let (true, Some(end)) = (name.starts_with("xmlns:") || name == about, end) else {
            return false;
        };
        rest = &value[end + 2..];
    }
}

/// The prefixes that a namespace is declared under.
fn declared<'t>(text: &'t str, namespace: &str) -> Vec<&'t str> {
    let mut prefixes = Vec::new();
    for (at, _) in text.match_indices(namespace) {
        let before = &text.as_bytes()[at.saturating_sub(64)..at];
        let before = before
            .iter()
            .rposition(|byte| !byte.is_ascii())
            .map_or(before, |last| &before[last + 1..]);
        let before = core::str::from_utf8(before).unwrap_or_default();
        let before = before.trim_end_matches(['"', '\'', ' ', '=']);
        let declaration = before.rfind("xmlns:").map(|start| &before[start + 6..]);
        if let Some(prefix) = declaration
            && prefix.len() <= 32
            && !prefix.is_empty()
            && prefix.bytes().all(is_name)
            && !prefixes.contains(&prefix)
            && prefixes.len() < 8
        {
            prefixes.push(prefix);
        }
    }
    prefixes
}

/// Where a tag at the start of the text ends: at the first `>` outside quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Copies a tag without some of its attributes.
fn push_tag(output: &mut String, tag: &str, names: &[String]) {
    let mut rest = tag;
    // An attribute can be there once, under each prefix.
    for _ in 0..=names.len() {
        let found = names
            .iter()
            .filter_map(|name| {
                let at = rest.find(name.as_str())?;
                let apart = rest[..at].ends_with(|before: char| before.is_ascii_whitespace());
                let value = rest[at + name.len()..].strip_prefix('=').filter(|_| apart)?;
                let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
                let end = value[1..].find(quote)? + 2;
                Some((at, rest.len() - value.len() + end))
            })
            .min();
        let Some((start, end)) = found else { break };
        output.push_str(rest[..start].trim_end());
        rest = &rest[end..];
    }
    output.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Date;

    const PACKET: &str = "<?xpacket begin=\"\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
        xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"uuid:1\" \
        xmlns:xap=\"http://ns.adobe.com/xap/1.0/\" xap:CreatorTool=\"Old &gt; tool\" \
        xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" pdf:Producer='Kept'><dc:title \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><rdf:Alt><rdf:li>Old</rdf:li></rdf:Alt></dc:title>\
        <pdf:Trapped>False</pdf:Trapped></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";

    fn updated(packet: &[u8], changes: &InfoChanges<'_>) -> String {
        String::from_utf8(update(packet, changes)).unwrap()
    }

    #[test]
    fn what_changes_is_replaced_and_the_rest_stays() {
        let changes = InfoChanges {
            title: Change::Set("A < B & C"),
            creator: Change::Remove,
            modification_date: Change::Set(Date(0)),
            ..InfoChanges::default()
        };
        let new = updated(PACKET.as_bytes(), &changes);
        for gone in ["Old", "CreatorTool"] {
            assert!(!new.contains(gone), "{gone} in {new}");
        }
        let there = [
            "pdf:Producer='Kept'",
            "<pdf:Trapped>False</pdf:Trapped>",
            "<rdf:li xml:lang=\"x-default\">A &lt; B &amp; C</rdf:li>",
            "<xmp:ModifyDate>1970-01-01T00:00:00Z</xmp:ModifyDate>",
            "<rdf:Description rdf:about=\"uuid:1\" xmlns:dc=",
        ];
        for text in there {
            assert!(new.contains(text), "no {text} in {new}");
        }
        assert_eq!(updated(new.as_bytes(), &changes), new, "a second time nothing changes");
    }

    #[test]
    fn what_cannot_be_read_is_made_anew() {
        let changes = InfoChanges { author: Change::Set("N"), ..InfoChanges::default() };
        for packet in [b"".as_slice(), b"\xFF\xFE<", b"<rdf:RDF>", b"</RDF>"] {
            let new = updated(packet, &changes);
            let creator = "<dc:creator><rdf:Seq><rdf:li>N</rdf:li></rdf:Seq></dc:creator>";
            assert!(new.contains(creator), "{new}");
        }
    }

    #[test]
    fn broken_packets_end() {
        let all = InfoChanges {
            title: Change::Set("t"),
            producer: Change::Set("p"),
            creation_date: Change::Remove,
            ..InfoChanges::default()
        };
        for end in 0..PACKET.len() {
            update(&PACKET.as_bytes()[..end], &all);
            update(&PACKET.as_bytes()[end..], &all);
        }
    }
}
