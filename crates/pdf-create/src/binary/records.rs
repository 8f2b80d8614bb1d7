//! Records.

use super::reader::Reader;
use crate::document::Relationship;
use crate::document::{Attachment, FontSource, LabelStyle, OutlineEntry, Page, PageLabel};
use crate::error::{Place, push};
use crate::{
    Align, CreateError, Document, Ellipse, Group, Item, Limits, Line, Link, Path, Placed,
    Rectangle, StandardFont, Target, Text,
};

/// Reads one.
pub(super) fn record<'a>(
    reader: &mut Reader<'a>,
    document: &mut Document<'a>,
    limits: &Limits,
) -> Result<(), CreateError> {
    let tag = reader.u8()?;
    let at = |kind, list: usize| Place { kind, page: None, number: list as u32 };
    match tag {
        1 => {
            reader.place = at("text of the information", 0);
            let info = &mut document.info;
            let fields = [
                &mut info.title,
                &mut info.author,
                &mut info.subject,
                &mut info.keywords,
                &mut info.creator,
                &mut info.producer,
                &mut info.language,
                &mut info.xmp,
            ];
            let which = usize::from(reader.u8()?);
            let field = fields.into_iter().nth(which);
            *field.ok_or(reader.invalid("0 to 7 for which text"))? = reader.text()?;
        }
        2 => {
            reader.place = at("date of the information", 0);
            let which = reader.one_of(&[false, true], "0 or 1 for which date")?;
            let date = Some(reader.date()?);
            if which {
                document.info.modified = date;
            } else {
                document.info.created = date;
            }
        }
        3 => document.info.display_title = true,
        4 => {
            reader.place = at("font", document.fonts.len());
            let font = reader.one_of(&StandardFont::ALL, "0 to 13 for a standard font")?;
            push(&mut document.fonts, FontSource::Standard(font))?;
        }
        5 => {
            reader.place = at("font", document.fonts.len());
            let (index, data) = (reader.u32()?, reader.bytes()?);
            push(&mut document.fonts, FontSource::Embedded { data, index })?;
        }
        6 => {
            reader.place = at("image", document.images.len());
            push(&mut document.images, reader.bytes()?)?;
        }
        7 => {
            reader.place = at("outline entry", document.outline.len());
            push(&mut document.outline, outline_entry(reader)?)?;
        }
        8 => {
            reader.place = at("page label", document.labels.len());
            push(&mut document.labels, page_label(reader)?)?;
        }
        9 => {
            reader.place = at("attachment", document.attachments.len());
            push(&mut document.attachments, attachment(reader)?)?;
        }
        10 => {
            reader.place = at("output profile", 0);
            document.output_profile = reader.bytes()?;
        }
        16 => {
            if document.pages.len() >= limits.max_pages as usize {
                return Err(CreateError::TooManyPages { limit: limits.max_pages });
            }
            reader.place = at("page", document.pages.len());
            let [width, height] = reader.floats()?;
            let rotation = reader.u16()?;
            push(&mut document.pages, Page { width, height, rotation, items: Vec::new() })?;
        }
        _ => {
            let number = document.pages.len().wrapping_sub(1) as u32;
            let Some(page) = document.pages.last_mut() else {
                return Err(reader.invalid("a tag of 1 to 10, or 16 for a page before its items"));
            };
            let count = page.items.len() as u32;
            reader.place = Place { kind: "item", page: Some(number), number: count };
            push(&mut page.items, item(reader, tag)?)?;
        }
    }
    Ok(())
}

fn outline_entry<'a>(reader: &mut Reader<'a>) -> Result<OutlineEntry<'a>, CreateError> {
    Ok(OutlineEntry {
        level: reader.u8()?,
        open: reader.bool()?,
        title: reader.text()?,
        page: reader.u32()?,
        top: reader.option(Reader::f32)?,
    })
}

fn page_label<'a>(reader: &mut Reader<'a>) -> Result<PageLabel<'a>, CreateError> {
    const STYLES: [LabelStyle; 6] = [
        LabelStyle::None,
        LabelStyle::Decimal,
        LabelStyle::LowerRoman,
        LabelStyle::UpperRoman,
        LabelStyle::LowerLetters,
        LabelStyle::UpperLetters,
    ];
    Ok(PageLabel {
        first_page: reader.u32()?,
        style: reader.one_of(&STYLES, "0 to 5 for how pages are numbered")?,
        prefix: reader.text()?,
        start: reader.u32()?,
    })
}

fn attachment<'a>(reader: &mut Reader<'a>) -> Result<Attachment<'a>, CreateError> {
    const RELATIONSHIPS: [Relationship; 5] = [
        Relationship::Unspecified,
        Relationship::Source,
        Relationship::Data,
        Relationship::Alternative,
        Relationship::Supplement,
    ];
    Ok(Attachment {
        name: reader.text()?,
        media_type: reader.text()?,
        description: reader.text()?,
        relationship: reader.one_of(&RELATIONSHIPS, "0 to 4 for a relationship")?,
        modified: reader.option(Reader::date)?,
        data: reader.bytes()?,
    })
}

fn item<'a>(reader: &mut Reader<'a>, tag: u8) -> Result<Item<'a>, CreateError> {
    Ok(match tag {
        17 => Item::Text(text(reader)?),
        18 => Item::Line(line(reader)?),
        19 => Item::Rectangle(rectangle(reader)?),
        20 => Item::Ellipse(ellipse(reader)?),
        21 => Item::Path(path(reader)?),
        22 => Item::Image(image(reader)?),
        23 => Item::Link(link(reader)?),
        24 => Item::Begin(group(reader)?),
        25 => Item::End,
        _ => return Err(reader.invalid("a tag of 1 to 10 or 16 to 25")),
    })
}

fn text<'a>(reader: &mut Reader<'a>) -> Result<Text<'a>, CreateError> {
    const ALIGNS: [Align; 4] = [Align::Left, Align::Centre, Align::Right, Align::Justify];
    reader.place.kind = "text";
    let (text, font, size) = (reader.text()?, reader.u32()?, reader.f32()?);
    let [x, y] = reader.floats()?;
    let mut result = Text {
        width: reader.option(Reader::f32)?,
        height: reader.option(Reader::f32)?,
        align: reader.one_of(&ALIGNS, "0 to 3 for where lines lie")?,
        line_height: reader.option(Reader::f32)?,
        character_spacing: reader.f32()?,
        rotation: reader.f32()?,
        colour: reader.colour()?,
        opacity: reader.f32()?,
        ..Text::new(text, font, size, x, y)
    };
    let flags = reader.u8()?;
    if flags > 7 {
        return Err(reader.invalid("flags of 0 to 7"));
    }
    result.kerning = flags & 1 != 0;
    result.underline = flags & 2 != 0;
    result.strike = flags & 4 != 0;
    result.replacement = reader.option(|reader| {
        char::from_u32(reader.u32()?).ok_or(reader.invalid("a code point as the replacement"))
    })?;
    Ok(result)
}

fn line(reader: &mut Reader<'_>) -> Result<Line, CreateError> {
    reader.place.kind = "line";
    Ok(Line {
        from: reader.floats()?,
        to: reader.floats()?,
        stroke: reader.stroke()?,
        opacity: reader.f32()?,
    })
}

fn rectangle(reader: &mut Reader<'_>) -> Result<Rectangle, CreateError> {
    reader.place.kind = "rectangle";
    let [x, y, width, height, radius] = reader.floats()?;
    Ok(Rectangle { x, y, width, height, radius, paint: reader.paint()? })
}

fn ellipse(reader: &mut Reader<'_>) -> Result<Ellipse, CreateError> {
    reader.place.kind = "ellipse";
    Ok(Ellipse { centre: reader.floats()?, radii: reader.floats()?, paint: reader.paint()? })
}

fn path(reader: &mut Reader<'_>) -> Result<Path, CreateError> {
    reader.place.kind = "path";
    Ok(Path { segments: reader.segments()?, even_odd: reader.bool()?, paint: reader.paint()? })
}

fn image(reader: &mut Reader<'_>) -> Result<Placed, CreateError> {
    reader.place.kind = "image";
    let image = reader.u32()?;
    let [x, y] = reader.floats()?;
    Ok(Placed {
        image,
        x,
        y,
        width: reader.option(Reader::f32)?,
        height: reader.option(Reader::f32)?,
        rotation: reader.f32()?,
        opacity: reader.f32()?,
    })
}

fn link<'a>(reader: &mut Reader<'a>) -> Result<Link<'a>, CreateError> {
    reader.place.kind = "link";
    let [x, y, width, height] = reader.floats()?;
    let target = match reader.u8()? {
        0 => Target::Uri(reader.text()?),
        1 => Target::Page { page: reader.u32()?, top: reader.option(Reader::f32)? },
        _ => return Err(reader.invalid("0 or 1 for a URI or a page")),
    };
    Ok(Link { x, y, width, height, target })
}

fn group(reader: &mut Reader<'_>) -> Result<Group, CreateError> {
    reader.place.kind = "group";
    Ok(Group { matrix: reader.floats()?, clip: reader.segments()?, even_odd: reader.bool()? })
}
