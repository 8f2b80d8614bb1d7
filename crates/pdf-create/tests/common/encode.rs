//! The binary form of a document, as its description says, written apart from the crate that reads it.

use bytemill_pdf_create::{
    Align, Cap, Colour, Date, Document, FontSource, Item, Join, LabelStyle, Paint, Relationship,
    Segment, StandardFont, Stroke, Target, Text,
};

/// Bytes that grow.
#[derive(Default)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl Bytes {
    fn u8(&mut self, value: u8) -> &mut Self {
        self.0.push(value);
        self
    }

    fn u16(&mut self, value: u16) -> &mut Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    fn u32(&mut self, value: u32) -> &mut Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    fn floats(&mut self, values: &[f32]) -> &mut Self {
        self.0.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        self
    }

    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.u32(bytes.len() as u32).0.extend(bytes);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    fn option<T: Copy>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) -> &mut Self {
        self.u8(value.is_some().into());
        if let Some(value) = value {
            write(self, value);
        }
        self
    }

    fn length(&mut self, value: Option<f32>) -> &mut Self {
        self.option(value, |bytes, value| _ = bytes.floats(&[value]))
    }

    fn colour(&mut self, colour: Colour) -> &mut Self {
        match colour {
            Colour::Grey(grey) => self.u8(0).floats(&[grey]),
            Colour::Rgb(rgb) => self.u8(1).floats(&rgb),
            Colour::Cmyk(cmyk) => self.u8(2).floats(&cmyk),
        }
    }

    fn stroke(&mut self, stroke: &Stroke) -> &mut Self {
        self.colour(stroke.colour).floats(&[stroke.width]);
        self.u8(match stroke.cap {
            Cap::Butt => 0,
            Cap::Round => 1,
            Cap::Square => 2,
        });
        self.u8(match stroke.join {
            Join::Miter => 0,
            Join::Round => 1,
            Join::Bevel => 2,
        });
        self.u32(stroke.dash.len() as u32).floats(&stroke.dash).floats(&[stroke.phase])
    }

    fn paint(&mut self, paint: &Paint) -> &mut Self {
        self.option(paint.fill, |bytes, fill| _ = bytes.colour(fill));
        self.option(paint.stroke.as_ref(), |bytes, stroke| _ = bytes.stroke(stroke));
        self.floats(&[paint.opacity])
    }

    fn segments(&mut self, segments: &[Segment]) -> &mut Self {
        self.u32(segments.len() as u32);
        for segment in segments {
            match segment {
                Segment::Move(point) => self.u8(0).floats(point),
                Segment::Line(point) => self.u8(1).floats(point),
                Segment::Curve(points) => self.u8(2).floats(points.as_flattened()),
                Segment::Close => self.u8(3),
            };
        }
        self
    }

    fn date(&mut self, date: Date) -> &mut Self {
        self.0.extend((date.seconds as f64).to_le_bytes());
        self.0.extend(date.offset.to_le_bytes());
        self
    }

    fn letters(&mut self, text: &Text<'_>) {
        self.text(text.text).u32(text.font).floats(&[text.size, text.x, text.y]);
        self.length(text.width).length(text.height);
        self.u8(match text.align {
            Align::Left => 0,
            Align::Centre => 1,
            Align::Right => 2,
            Align::Justify => 3,
        });
        self.length(text.line_height).floats(&[text.character_spacing, text.rotation]);
        self.colour(text.colour).floats(&[text.opacity]);
        let flags = [(text.kerning, 1), (text.underline, 2), (text.strike, 4)];
        self.u8(flags.iter().filter(|(set, _)| *set).map(|(_, bit)| bit).sum());
        self.option(text.replacement, |bytes, character| _ = bytes.u32(character.into()));
    }

    fn item(&mut self, item: &Item<'_>) {
        match item {
            Item::Text(text) => self.u8(17).letters(text),
            Item::Line(line) => {
                self.u8(18).floats(&line.from).floats(&line.to).stroke(&line.stroke);
                self.floats(&[line.opacity]);
            }
            Item::Rectangle(r) => {
                self.u8(19).floats(&[r.x, r.y, r.width, r.height, r.radius]).paint(&r.paint);
            }
            Item::Ellipse(e) => {
                self.u8(20).floats(&e.centre).floats(&e.radii).paint(&e.paint);
            }
            Item::Path(path) => {
                self.u8(21).segments(&path.segments).u8(path.even_odd.into()).paint(&path.paint);
            }
            Item::Image(image) => {
                self.u8(22).u32(image.image).floats(&[image.x, image.y]);
                self.length(image.width).length(image.height);
                self.floats(&[image.rotation, image.opacity]);
            }
            Item::Link(link) => {
                self.u8(23).floats(&[link.x, link.y, link.width, link.height]);
                match link.target {
                    Target::Uri(uri) => self.u8(0).text(uri),
                    Target::Page { page, top } => self.u8(1).u32(page).length(top),
                };
            }
            Item::Begin(group) => {
                self.u8(24).floats(&group.matrix).segments(&group.clip).u8(group.even_odd.into());
            }
            Item::End => _ = self.u8(25),
        }
    }
}

/// A document as bytes.
pub(crate) fn encode(document: &Document<'_>) -> Vec<u8> {
    let mut bytes = Bytes(b"BMC\x01".to_vec());
    let info = &document.info;
    let texts = [
        info.title,
        info.author,
        info.subject,
        info.keywords,
        info.creator,
        info.producer,
        info.language,
        info.xmp,
    ];
    for (which, text) in (0..).zip(texts) {
        bytes.u8(1).u8(which).text(text);
    }
    for (which, date) in (0..).zip([info.created, info.modified]) {
        if let Some(date) = date {
            bytes.u8(2).u8(which).date(date);
        }
    }
    if info.display_title {
        bytes.u8(3);
    }
    for font in &document.fonts {
        match font {
            FontSource::Standard(font) => {
                let index = StandardFont::ALL.iter().position(|other| other == font).unwrap();
                bytes.u8(4).u8(index as u8);
            }
            FontSource::Embedded { data, index } => _ = bytes.u8(5).u32(*index).bytes(data),
        }
    }
    for image in &document.images {
        bytes.u8(6).bytes(image);
    }
    for page in &document.pages {
        bytes.u8(16).floats(&[page.width, page.height]).u16(page.rotation);
        for item in &page.items {
            bytes.item(item);
        }
    }
    for entry in &document.outline {
        bytes.u8(7).u8(entry.level).u8(entry.open.into()).text(entry.title).u32(entry.page);
        bytes.length(entry.top);
    }
    for label in &document.labels {
        bytes.u8(8).u32(label.first_page);
        bytes.u8(match label.style {
            LabelStyle::None => 0,
            LabelStyle::Decimal => 1,
            LabelStyle::LowerRoman => 2,
            LabelStyle::UpperRoman => 3,
            LabelStyle::LowerLetters => 4,
            LabelStyle::UpperLetters => 5,
        });
        bytes.text(label.prefix).u32(label.start);
    }
    for file in &document.attachments {
        bytes.u8(9).text(file.name).text(file.media_type).text(file.description);
        bytes.u8(match file.relationship {
            Relationship::Unspecified => 0,
            Relationship::Source => 1,
            Relationship::Data => 2,
            Relationship::Alternative => 3,
            Relationship::Supplement => 4,
        });
        bytes.option(file.modified, |bytes, date| _ = bytes.date(date)).bytes(file.data);
    }
    if !document.output_profile.is_empty() {
        bytes.u8(10).bytes(document.output_profile);
    }
    bytes.0
}
