//! What a document says of itself: the information dictionary (ISO 32000-1, 14.3.3) and the same in XMP (14.3.2).

use super::file::{Data, File};
use crate::CreateError;
use crate::document::{Date, Info};
use crate::error::Place;
use crate::syntax::Output;

/// Checks that a date can be written.
pub(super) fn check_date(date: Option<Date>, place: Place) -> Result<(), CreateError> {
    if date.is_none_or(Date::is_valid) {
        return Ok(());
    }
    let expected = "dates of the years 1 to 9999 by clocks less than a day from UTC";
    Err(CreateError::Invalid { place, expected })
}

/// Writes the dictionary, if there is anything in it.
pub(super) fn write(info: &Info<'_>, file: &mut File) -> Result<Option<u32>, CreateError> {
    let place = Place { kind: "information", page: None, number: 0 };
    check_date(info.created, place)?;
    check_date(info.modified, place)?;
    let texts = [
        ("/Title", info.title),
        ("/Author", info.author),
        ("/Subject", info.subject),
        ("/Keywords", info.keywords),
        ("/Creator", info.creator),
        ("/Producer", info.producer),
    ];
    let dates = [("/CreationDate", info.created), ("/ModDate", info.modified)];
    let texts = || texts.iter().filter(|(_, text)| !text.is_empty());
    if texts().next().is_none() && dates.iter().all(|(_, date)| date.is_none()) {
        return Ok(None);
    }
    let id = file.allocate()?;
    file.object(id, |output| {
        output.put("<<");
        for (key, text) in texts() {
            output.put(key).text(text);
        }
        for (key, date) in dates {
            if let Some(date) = date {
                output.put(key).date(date);
            }
        }
        output.put(">>");
    })?;
    Ok(Some(id))
}

/// Writes the XMP packet, if there is anything in it. It is not compressed, so that programs that know nothing of PDF
/// find it.
pub(super) fn write_xmp(info: &Info<'_>, file: &mut File) -> Result<Option<u32>, CreateError> {
    let mut packet = Output::new(file.limit());
    properties(info, &mut packet);
    let properties = packet.finish()?;
    if properties.is_empty() && info.xmp.is_empty() {
        return Ok(None);
    }
    let mut packet = Output::new(file.limit());
    packet.put("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    packet.put("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n");
    packet.put("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    packet.put("<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"");
    packet.put(" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"");
    packet.put(" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n");
    packet.put(&properties).put("</rdf:Description>\n").put(info.xmp);
    packet.put("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    let id = file.allocate()?;
    let packet = packet.finish()?;
    file.stream(id, &Data::Ready(&packet), |output| {
        output.put("/Type/Metadata/Subtype/XML");
    })?;
    Ok(Some(id))
}

/// The properties that the dictionary has too.
fn properties(info: &Info<'_>, packet: &mut Output) {
    let element = |packet: &mut Output, name: &str, before: &str, text: &str, after: &str| {
        if !text.is_empty() {
            packet.put("<").put(name).put(">").put(before);
            escape(packet, text);
            packet.put(after).put("</").put(name).put(">\n");
        }
    };
    let default = "<rdf:Alt><rdf:li xml:lang=\"x-default\">";
    element(packet, "dc:title", default, info.title, "</rdf:li></rdf:Alt>");
    let list = "<rdf:Seq><rdf:li>";
    element(packet, "dc:creator", list, info.author, "</rdf:li></rdf:Seq>");
    element(packet, "dc:description", default, info.subject, "</rdf:li></rdf:Alt>");
    let bag = "<rdf:Bag><rdf:li>";
    element(packet, "dc:language", bag, info.language, "</rdf:li></rdf:Bag>");
    element(packet, "pdf:Keywords", "", info.keywords, "");
    element(packet, "pdf:Producer", "", info.producer, "");
    element(packet, "xmp:CreatorTool", "", info.creator, "");
    for (name, date) in [("xmp:CreateDate", info.created), ("xmp:ModifyDate", info.modified)] {
        if let Some(date) = date {
            packet.put("<").put(name).put(">");
            put_date(packet, date);
            packet.put("</").put(name).put(">\n");
        }
    }
}

/// Text in XML; characters that XML does not have become U+FFFD.
fn escape(packet: &mut Output, text: &str) {
    for character in text.chars() {
        match character {
            '&' => packet.put("&amp;"),
            '<' => packet.put("&lt;"),
            '>' => packet.put("&gt;"),
            '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                packet.put("\u{FFFD}")
            }
            _ => packet.put(character.encode_utf8(&mut [0; 4])),
        };
    }
}

/// A date as ISO 8601 has it.
fn put_date(packet: &mut Output, date: Date) {
    let [year, month, day, hour, minute, second] = date.fields();
    packet.padded(year, 4).put("-").padded(month, 2).put("-").padded(day, 2);
    packet.put("T").padded(hour, 2).put(":").padded(minute, 2).put(":").padded(second, 2);
    let offset = u64::from(date.offset.unsigned_abs());
    if offset == 0 {
        packet.put("Z");
    } else {
        packet.put(if date.offset < 0 { "-" } else { "+" });
        packet.padded(offset / 60, 2).put(":").padded(offset % 60, 2);
    }
}
