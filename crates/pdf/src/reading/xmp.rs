//! Metadata in XMP (ISO 16684-1): RDF in XML, of which the simple properties, arrays and alternatives are read.

/// Bytes of a packet that are read.
const MAX_PACKET: usize = 4 << 20;
/// Elements within each other.
const MAX_DEPTH: usize = 64;
/// Bytes of one value.
const MAX_VALUE: usize = 1 << 16;

/// What a packet says of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Xmp {
    /// `dc:title`, in the default language.
    pub(crate) title: Option<String>,
    /// `dc:creator`, several of them with commas between.
    pub(crate) author: Option<String>,
    /// `dc:description`.
    pub(crate) subject: Option<String>,
    /// `pdf:Keywords`, else `dc:subject`.
    pub(crate) keywords: Option<String>,
    /// `xmp:CreatorTool`.
    pub(crate) creator: Option<String>,
    /// `pdf:Producer`.
    pub(crate) producer: Option<String>,
    /// `xmp:CreateDate`, written as PDF does.
    pub(crate) creation_date: Option<String>,
    /// `xmp:ModifyDate`, written as PDF does.
    pub(crate) modification_date: Option<String>,
    /// `pdfaid:part` and `pdfaid:conformance`.
    pub(crate) pdf_a: Option<String>,
    /// `pdfuaid:part`.
    pub(crate) pdf_ua: Option<String>,
}

/// The packet as text: UTF-8, or UTF-16 by its byte order mark.
pub(crate) fn packet_text(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(MAX_PACKET)];
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| -> String {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    }
}

impl Xmp {
    /// Reads a packet; what is no XML is passed over.
    pub(crate) fn read(packet: &str) -> Self {
        let mut reader =
            Reader { path: Vec::new(), namespaces: Vec::new(), language: None, found: Vec::new() };
        reader.read(packet);
        let mut keywords = None;
        let mut xmp = Self::default();
        let mut conformance = None;
        for (property, text, _) in reader.found {
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let join = |slot: &mut Option<String>| match slot {
                Some(before) if before.len() < MAX_VALUE => {
                    before.push_str(", ");
                    before.push_str(text);
                }
                Some(_) => {}
                None => *slot = Some(text.to_owned()),
            };
            let first = |slot: &mut Option<String>| {
                slot.get_or_insert_with(|| text.to_owned());
            };
            match property {
                Property::Title => first(&mut xmp.title),
                Property::Description => first(&mut xmp.subject),
                Property::Creator => join(&mut xmp.author),
                Property::Subject => join(&mut keywords),
                Property::Keywords => first(&mut xmp.keywords),
                Property::Producer => first(&mut xmp.producer),
                Property::CreatorTool => first(&mut xmp.creator),
                Property::CreateDate => {
                    xmp.creation_date = xmp.creation_date.or_else(|| pdf_date(text));
                }
                Property::ModifyDate => {
                    xmp.modification_date = xmp.modification_date.or_else(|| pdf_date(text));
                }
                Property::PdfAPart => first(&mut xmp.pdf_a),
                Property::PdfAConformance => first(&mut conformance),
                Property::PdfUaPart => first(&mut xmp.pdf_ua),
            }
        }
        xmp.keywords = xmp.keywords.or(keywords);
        if let (Some(part), Some(conformance)) = (&mut xmp.pdf_a, conformance) {
            part.push_str(&conformance);
        }
        xmp
    }
}

/// A property that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Property {
    Title,
    Description,
    Creator,
    Subject,
    Keywords,
    Producer,
    CreatorTool,
    CreateDate,
    ModifyDate,
    PdfAPart,
    PdfAConformance,
    PdfUaPart,
}

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const PDF_A: &str = "http://www.aiim.org/pdfa/ns/id/";
const PDF_UA: &str = "http://www.aiim.org/pdfua/ns/id/";

const PROPERTIES: [(&str, &str, Property); 12] = [
    (DC, "title", Property::Title),
    (DC, "description", Property::Description),
    (DC, "creator", Property::Creator),
    (DC, "subject", Property::Subject),
    (PDF, "Keywords", Property::Keywords),
    (PDF, "Producer", Property::Producer),
    (XMP, "CreatorTool", Property::CreatorTool),
    (XMP, "CreateDate", Property::CreateDate),
    (XMP, "ModifyDate", Property::ModifyDate),
    (PDF_A, "part", Property::PdfAPart),
    (PDF_A, "conformance", Property::PdfAConformance),
    (PDF_UA, "part", Property::PdfUaPart),
];

/// Namespaces where a prefix is not declared.
const PREFIXES: [(&str, &str); 5] =
    [("dc", DC), ("pdf", PDF), ("xmp", XMP), ("pdfaid", PDF_A), ("pdfuaid", PDF_UA)];

struct Reader<'x> {
    /// The elements that are open, with the property that one of them is.
    path: Vec<Option<Property>>,
    /// Declarations, the last of a prefix counts. Packets declare each prefix once, for one namespace.
    namespaces: Vec<(&'x str, String)>,
    /// The language of the alternative that is open: whether it is the default.
    language: Option<bool>,
    /// Values, and whether they are of the default language.
    found: Vec<(Property, String, bool)>,
}

impl<'x> Reader<'x> {
    fn read(&mut self, mut rest: &'x str) {
        let mut text = String::new();
        while let Some(at) = rest.find('<') {
            self.text(&rest[..at], &mut text);
            rest = &rest[at..];
            if let Some(inner) = rest.strip_prefix("<![CDATA[") {
                let end = inner.find("]]>").unwrap_or(inner.len());
                if self.property().is_some() && text.len() + end <= MAX_VALUE {
                    text.push_str(&inner[..end]);
                }
                rest = inner.get(end + 3..).unwrap_or_default();
                continue;
            }
            if let Some(inner) = rest.strip_prefix("<!--") {
                rest = inner.split_once("-->").map_or("", |(_, rest)| rest);
                continue;
            }
            let Some(end) = tag_end(rest) else { return };
            let tag = &rest[1..end];
            rest = &rest[end + 1..];
            match tag.as_bytes().first() {
                Some(b'?' | b'!') | None => {}
                Some(b'/') => {
                    self.value(&mut text);
                    self.path.pop();
                }
                Some(_) => {
                    text.clear();
                    if !self.element(tag) {
                        return;
                    }
                }
            }
        }
    }

    /// The property that the text here belongs to.
    fn property(&self) -> Option<Property> {
        self.path.iter().rev().find_map(|property| *property)
    }

    fn text(&self, raw: &str, text: &mut String) {
        if self.property().is_some() && text.len() + raw.len() <= MAX_VALUE {
            unescape(raw, text);
        }
    }

    /// Keeps the text of an element that ends. Of alternatives the default one counts, or else the first.
    fn value(&mut self, text: &mut String) {
        let default = self.language.take().unwrap_or(true);
        let text = core::mem::take(text);
        if let Some(property) = self.property()
            && !text.trim().is_empty()
        {
            let alternatives = matches!(property, Property::Title | Property::Description);
            let known = self.found.iter_mut().find(|(other, ..)| *other == property);
            if let Some(before) = known.filter(|_| alternatives) {
                if default && !before.2 {
                    *before = (property, text, default);
                }
                return;
            }
            self.found.push((property, text, default));
        }
    }

    /// Opens an element; false where there are too many of them.
    fn element(&mut self, tag: &'x str) -> bool {
        let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let name_end = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        let mut values = Vec::new();
        let mut rest = attributes;
        while let Some((name, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                break;
            };
            let Some((value, after)) = after[1..].split_once(quote) else { break };
            rest = after;
            let name = name.trim();
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                if self.namespaces.len() < MAX_DEPTH {
                    self.namespaces.push((prefix, value.to_owned()));
                }
            } else {
                values.push((name, value));
            }
        }
        for (name, value) in values {
            if name == "xml:lang" {
                self.language = Some(value == "x-default");
            } else if let Some(property) = self.known(name) {
                let mut text = String::new();
                if value.len() <= MAX_VALUE {
                    unescape(value, &mut text);
                }
                self.found.push((property, text, true));
            }
        }
        if empty {
            return true;
        }
        self.path.push(self.known(name));
        self.path.len() <= MAX_DEPTH && self.found.len() < 1 << 12
    }

    fn known(&self, name: &str) -> Option<Property> {
        let (prefix, name) = name.split_once(':')?;
        let declared = self.namespaces.iter().rev().find(|(declared, _)| *declared == prefix);
        let namespace = match declared {
            Some((_, namespace)) => namespace.as_str(),
            None => PREFIXES.iter().find(|(known, _)| *known == prefix)?.1,
        };
        let found = PROPERTIES.iter().find(|(uri, local, _)| *uri == namespace && *local == name);
        found.map(|(.., property)| *property)
    }
}

/// Where a tag ends: at `>` outside quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Appends a text with its entities undone.
fn unescape(mut raw: &str, out: &mut String) {
    while let Some((before, after)) = raw.split_once('&') {
        out.push_str(before);
        let entity = after.get(..after.len().min(12)).unwrap_or(after).split_once(';');
        let character = entity.and_then(|(name, _)| match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            name => {
                let digits = name.strip_prefix('#')?;
                let code = match digits.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => digits.parse(),
                };
                char::from_u32(code.ok()?)
            }
        });
        if let (Some(character), Some((name, _))) = (character, entity) {
            out.push(character);
            raw = &after[name.len() + 1..];
        } else {
            out.push('&');
            raw = after;
        }
    }
    out.push_str(raw);
}

/// A date of ISO 8601, such as `2025-03-01T12:00:00+01:00`, as PDF writes it (ISO 32000-1, 7.9.4).
fn pdf_date(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut date = String::from("D:");
    let mut at = 0;
    // Year, month, day, hour, minute, second; each but the first after its separator.
    for (separators, digits) in [("", 4), ("-", 2), ("-", 2), ("T ", 2), (":", 2), (":", 2)] {
        let begin = match bytes.get(at) {
            Some(byte) if separators.as_bytes().contains(byte) => at + 1,
            _ if separators.is_empty() => at,
            _ => break,
        };
        let field = bytes.get(begin..begin + digits)?;
        if !field.iter().all(u8::is_ascii_digit) {
            return None;
        }
        date.extend(field.iter().map(|digit| char::from(*digit)));
        at = begin + digits;
    }
    if date.len() < 6 {
        return None;
    }
    let zone = text.get(at..)?;
    // Fractions of seconds have no place in PDF's dates.
    let zone = zone.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    match zone.as_bytes() {
        [b'Z', ..] => date.push('Z'),
        [sign @ (b'+' | b'-'), h, i, b':', m, n, ..] | [sign @ (b'+' | b'-'), h, i, m, n, ..]
            if [h, i, m, n].iter().all(|digit| digit.is_ascii_digit()) =>
        {
            date.extend([*sign, *h, *i, b'\'', *m, *n].map(char::from));
        }
        _ => {}
    }
    Some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let cases = [
            ("2025-03-01T12:00:00+01:00", Some("D:20250301120000+01'00")),
            ("2025-03-01T12:00:00.123Z", Some("D:20250301120000Z")),
            ("2025-03-01", Some("D:20250301")),
            ("2025", Some("D:2025")),
            ("2025-03-01T12:00-0530", Some("D:202503011200-05'30")),
            ("yesterday", None),
            ("", None),
            ("20\u{e4}5-01", None),
        ];
        for (text, date) in cases {
            assert_eq!(pdf_date(text).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn elements_attributes_and_alternatives() {
        let xmp = Xmp::read(
            "<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:d='http://purl.org/dc/elements/1.1/'>\
             <rdf:Description xmlns:xap='http://ns.adobe.com/xap/1.0/' xap:CreatorTool='a &lt; b' pdf:Producer=\"P\">\
             <d:title><rdf:Alt><rdf:li xml:lang='de'>Titel</rdf:li><rdf:li xml:lang='x-default'>Title &#x263a;</rdf:li>\
             </rdf:Alt></d:title><d:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li><![CDATA[B & C]]></rdf:li></rdf:Seq>\
             </d:creator><!-- <d:title>no</d:title> --><pdfaid:part>3</pdfaid:part>\
             <pdfaid:conformance>U</pdfaid:conformance></rdf:Description></rdf:RDF>",
        );
        assert_eq!(xmp.title.as_deref(), Some("Title \u{263a}"));
        assert_eq!(xmp.author.as_deref(), Some("A, B & C"));
        assert_eq!(xmp.creator.as_deref(), Some("a < b"));
        assert_eq!(xmp.producer.as_deref(), Some("P"));
        assert_eq!(xmp.pdf_a.as_deref(), Some("3U"));
        assert_eq!(xmp.pdf_ua, None);
    }

    #[test]
    fn what_is_no_xml_is_passed_over() {
        for text in [
            "",
            "<",
            "<a",
            "<a b=",
            "<a b='",
            "</a></a>",
            "&",
            "<dc:title>&#xffffffff;</dc:title>",
            "<\u{e4}=>",
        ] {
            let _ = Xmp::read(text);
        }
        let deep = "<a>".repeat(100_000);
        assert_eq!(Xmp::read(&deep), Xmp::default());
    }
}
