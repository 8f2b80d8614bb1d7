//! What leads from one place of a document to another: outline, links, names.

use bytemill_pdf::{Destination, Document, Target, View, destinations, links, outline};

use super::record::Record;
use super::shared::{DocumentOptions, RangeOptions, range};
use super::{Reading, reading};
use crate::Error;

/// The outline's entries, each with its depth.
#[derive(Debug)]
pub struct ReadOutline;

reading!(ReadOutline, 0x0a05, "outline", DocumentOptions);

impl Reading for ReadOutline {
    fn read(
        document: &Document<'_>,
        _: &DocumentOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let items = outline(document)?;
        record.list(&items, |record, item| {
            record.text(&item.title);
            record.number(item.depth);
            record.flag(item.bold);
            record.flag(item.italic);
            record.flag(item.open);
            for colour in item.colour {
                record.number(colour);
            }
            record.flag(item.target.is_some());
            if let Some(target) = &item.target {
                write_target(target, record);
            }
        });
        Ok(())
    }
}

/// The links of pages.
#[derive(Debug)]
pub struct Links;

reading!(Links, 0x0a06, "links", RangeOptions);

impl Reading for Links {
    fn read(
        document: &Document<'_>,
        options: &RangeOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let all = links(document, range(options))?;
        record.list(&all, |record, link| {
            record.number(link.page);
            for side in link.rectangle {
                record.number(side);
            }
            write_target(&link.target, record);
        });
        Ok(())
    }
}

/// The destinations that have names.
#[derive(Debug)]
pub struct Destinations;

reading!(Destinations, 0x0a0c, "destinations", DocumentOptions);

impl Reading for Destinations {
    fn read(
        document: &Document<'_>,
        _: &DocumentOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let all = destinations(document)?;
        record.list(&all, |record, named| {
            record.text(&named.name);
            write_destination(&named.destination, record);
        });
        Ok(())
    }
}

fn write_target(target: &Target, record: &mut Record<'_, '_>) {
    let kind: u8 = match target {
        Target::Page(_) => 0,
        Target::Undefined(_) => 1,
        Target::Uri(_) => 2,
        Target::Remote { .. } => 3,
        Target::Launch(_) => 4,
        Target::Named(_) => 5,
        Target::JavaScript(_) => 6,
        Target::Other(_) => 7,
    };
    record.number(kind);
    match target {
        Target::Page(destination) => write_destination(destination, record),
        Target::Remote { file, destination, name } => {
            record.text(file);
            write_destination(destination, record);
            record.optional_text(name.as_deref());
        }
        Target::Undefined(text)
        | Target::Uri(text)
        | Target::Launch(text)
        | Target::Named(text)
        | Target::JavaScript(text)
        | Target::Other(text) => record.text(text),
    }
}

fn write_destination(destination: &Destination, record: &mut Record<'_, '_>) {
    record.optional(destination.page);
    record.number(match destination.view {
        View::Position => 0_u8,
        View::Fit => 1,
        View::FitWidth => 2,
        View::FitHeight => 3,
        View::FitRectangle => 4,
        View::FitContent => 5,
        View::FitContentWidth => 6,
        View::FitContentHeight => 7,
    });
    for number in
        [destination.left, destination.bottom, destination.right, destination.top, destination.zoom]
    {
        record.optional(number);
    }
}
