//! Attached files (ISO 32000-1, 7.11.4; their relationship: ISO 32000-2, 7.11.3, 14.13).

use super::file::{Data, File};
use super::info::check_date;
use crate::document::Relationship;
use crate::error::{Place, push};
use crate::syntax::Output;
use crate::{CreateError, Document};

/// The attachments that have been written.
#[derive(Debug)]
pub(super) struct Attached {
    /// Keys of the name tree with the numbers of file specifications, sorted.
    names: Vec<(Vec<u8>, u32)>,
}

impl Attached {
    /// Puts the entries of the catalog.
    pub(super) fn put(&self, output: &mut Output) {
        if self.names.is_empty() {
            return;
        }
        output.put("/Names<</EmbeddedFiles<</Names[");
        for (name, id) in &self.names {
            output.string(name).reference(*id);
        }
        output.put("]>>>>/AF[");
        for (_, id) in &self.names {
            output.reference(*id);
        }
        output.put("]");
    }
}

pub(super) fn write(document: &Document<'_>, file: &mut File) -> Result<Attached, CreateError> {
    let mut names = Vec::new();
    for (number, attachment) in (0..).zip(&document.attachments) {
        let place = Place { kind: "attachment", page: None, number };
        if attachment.name.is_empty() {
            return Err(CreateError::Invalid { place, expected: "a name" });
        }
        check_date(attachment.modified, place)?;
        let (specification, stream) = (file.allocate()?, file.allocate()?);
        file.stream(stream, &Data::Plain(attachment.data), |output| {
            output.put("/Type/EmbeddedFile");
            if !attachment.media_type.is_empty() {
                output.put("/Subtype/").name(attachment.media_type.as_bytes());
            }
            output.put("/Params<</Size ").whole(attachment.data.len() as u64);
            if let Some(date) = attachment.modified {
                output.put("/ModDate").date(date);
            }
            output.put(">>");
        })?;
        file.object(specification, |output| {
            output.put("<</Type/Filespec/F").text(attachment.name);
            output.put("/UF").text(attachment.name);
            if !attachment.description.is_empty() {
                output.put("/Desc").text(attachment.description);
            }
            output.put("/AFRelationship/").put(relationship(attachment.relationship));
            output.put("/EF<</F ").reference(stream).put("/UF ").reference(stream).put(">>>>");
        })?;
        push(&mut names, (key(attachment.name, file.limit())?, specification))?;
    }
    names.sort_unstable();
    for pair in names.windows(2) {
        if pair[0].0 == pair[1].0 {
            let place = Place { kind: "attachments", page: None, number: 0 };
            return Err(CreateError::Invalid { place, expected: "names that are not the same" });
        }
    }
    Ok(Attached { names })
}

/// The bytes of a text string.
fn key(name: &str, limit: u64) -> Result<Vec<u8>, CreateError> {
    let mut key = Output::new(limit);
    if name.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        key.put(name);
    } else {
        key.put([0xFE, 0xFF]);
        for unit in name.encode_utf16() {
            key.put(unit.to_be_bytes());
        }
    }
    key.finish()
}

fn relationship(relationship: Relationship) -> &'static str {
    match relationship {
        Relationship::Unspecified => "Unspecified",
        Relationship::Source => "Source",
        Relationship::Data => "Data",
        Relationship::Alternative => "Alternative",
        Relationship::Supplement => "Supplement",
    }
}
