//! An invoice, and tools that read it.
#![allow(dead_code, reason = "not every test uses all of it")]
#![allow(clippy::unwrap_used, reason = "what cannot be made fails the test")]
#![allow(clippy::cast_precision_loss, reason = "dates and pages are small numbers")]
#![allow(clippy::too_many_lines, reason = "a page is a list")]

pub(crate) mod encode;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use bytemill_formats::{Image, PngOptions, encode_png};
use bytemill_pdf_create::{
    Align, Attachment, Cap, Colour, Created, Date, Document, Ellipse, FontSource, Group, Info,
    Item, LabelStyle, Limits, Line, Link, OutlineEntry, Page, PageLabel, Paint, Placed, Rectangle,
    Relationship, Segment, StandardFont, Stroke, Target, Text, create,
};

/// A4.
pub(crate) const WIDTH: f32 = 595.276;
pub(crate) const HEIGHT: f32 = 841.89;

/// A font of the system, where it is installed.
pub(crate) fn font(file: &str) -> Option<Vec<u8>> {
    let folders = [
        "/usr/share/fonts/truetype/dejavu",
        "/usr/share/fonts/opentype/urw-base35",
        "/usr/share/fonts/truetype/noto",
    ];
    let found = folders.iter().find_map(|folder| fs::read(Path::new(folder).join(file)).ok());
    if found.is_none() {
        println!("skipped: no {file}");
    }
    found
}

/// What a program prints; nothing, and a message, where it is not installed.
///
/// # Panics
///
/// Where the program fails.
pub(crate) fn run(program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let (before, after) = arguments.split_at(arguments.iter().position(|a| *a == "FILE").unwrap());
    let Ok(output) = Command::new(program).args(before).arg(file).args(&after[1..]).output() else {
        println!("skipped: no {program}");
        return None;
    };
    let (out, error) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program}: {out}{error}");
    let complaints = error.replace("warning: ICC support is not available", "");
    assert!(complaints.trim().is_empty(), "{program} complains: {error}");
    Some(out.into_owned())
}

/// Writes a file for the tools.
pub(crate) fn save(name: &str, bytes: &[u8]) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, bytes).unwrap();
    file
}

/// A document as a file.
pub(crate) fn write(name: &str, document: &Document<'_>) -> (PathBuf, Created) {
    let created = create(document, &Limits::default()).unwrap();
    (save(name, &created.bytes), created)
}

/// A PNG whose colours and opacity run from edge to edge.
pub(crate) fn png(width: usize, height: usize, channels: usize) -> Vec<u8> {
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let (across, down) = (x * 255 / width.max(1), y * 255 / height.max(1));
            let pixel = [across as u8, down as u8, 160, across.max(down) as u8];
            match channels {
                1 => pixels.push(pixel[0]),
                2 => pixels.extend([pixel[0], pixel[3]]),
                _ => pixels.extend(&pixel[..channels]),
            }
        }
    }
    let image = Image { width, height, channels, pixels: &pixels };
    let mut file = Vec::new();
    encode_png(&image, &PngOptions::default(), &mut file).unwrap();
    file
}

const BLUE: Colour = Colour::Rgb([0.1, 0.25, 0.55]);
const GREY: Colour = Colour::Grey(0.45);
const LEFT: f32 = 56.0;
const RIGHT: f32 = WIDTH - 56.0;

fn rule(y: f32, width: f32, colour: Colour) -> Item<'static> {
    let stroke = Stroke::new(colour, width);
    Item::Line(Line { from: [LEFT, y], to: [RIGHT, y], stroke, opacity: 1.0 })
}

fn text(text: &str, font: u32, size: f32, x: f32, y: f32) -> Text<'_> {
    Text::new(text, font, size, x, y)
}

fn right(text: &str, font: u32, size: f32, x: f32, y: f32) -> Item<'_> {
    Item::Text(Text { align: Align::Right, ..Text::new(text, font, size, x, y) })
}

const ROWS: [(&str, &str, &str, &str); 6] = [
    ("Beratung „Größenänderung“", "12,5 h", "120,00 €", "1.500,00 €"),
    ("Schlüsselübergabe & Café-Catering", "1", "89,90 €", "89,90 €"),
    ("Räucheröfen (Straße 7)", "3", "1.249,00 €", "3.747,00 €"),
    ("Übersetzung Français – Español", "2.300 W.", "0,14 €", "322,00 €"),
    ("Nachtzuschlag", "4 h", "35,00 €", "140,00 €"),
    ("Rabatt", "1", "-98,90 €", "-98,90 €"),
];

const LONG: &str = "Die Lieferung erfolgt innerhalb von vierzehn Tagen nach Zahlungseingang an die oben genannte \
    Anschrift. Bis zur vollständigen Bezahlung bleibt die Ware unser Eigentum; Donau\u{AD}dampf\u{AD}schiff\u{AD}\
    fahrts\u{AD}gesell\u{AD}schaften und andere Wiederverkäufer treten ihre Forderungen an uns ab.\n\nFragen \
    beantworten wir gern: Montag bis Freitag, 9–17 Uhr, unter der Nummer +49 30 1234-5678.";

/// An invoice of two pages. `embedded` is a font with Greek and Cyrillic.
pub(crate) fn invoice<'a>(embedded: &'a [u8], images: &[&'a [u8]]) -> Document<'a> {
    let mut first = vec![
        Item::Image(Placed {
            image: 0,
            x: LEFT,
            y: 740.0,
            width: Some(72.0),
            height: None,
            rotation: 0.0,
            opacity: 1.0,
        }),
        Item::Text(Text { colour: BLUE, ..text("Müller & Söhne GmbH", 1, 20.0, 144.0, 780.0) }),
        Item::Text(Text {
            colour: GREY,
            ..text("Äußere Straße 1 · 10115 Berlin", 0, 9.0, 144.0, 764.0)
        }),
        Item::Text(Text {
            colour: BLUE,
            underline: true,
            ..text("www.example.com", 0, 9.0, 144.0, 750.0)
        }),
        Item::Link(Link {
            x: 144.0,
            y: 746.0,
            width: 72.0,
            height: 12.0,
            target: Target::Uri("https://www.example.com/über?a=(1)"),
        }),
        rule(728.0, 1.5, BLUE),
        Item::Text(text("Ευάγγελος Παπαδόπουλος\nулица Ленина 5\nМосква", 2, 11.0, LEFT, 690.0)),
        Item::Text(text("Rechnung Nr. 2024-0815", 1, 15.0, LEFT, 610.0)),
        right("Berlin, 29. Februar 2024", 0, 10.0, RIGHT, 610.0),
        Item::Rectangle(Rectangle {
            x: LEFT,
            y: 574.0,
            width: RIGHT - LEFT,
            height: 20.0,
            radius: 3.0,
            paint: Paint { fill: Some(Colour::Rgb([0.9, 0.93, 0.98])), ..Paint::default() },
        }),
    ];
    let columns = [340.0, 430.0, RIGHT - 6.0];
    first.push(Item::Text(text("Leistung", 1, 10.0, LEFT + 6.0, 580.0)));
    for (title, x) in ["Menge", "Einzelpreis", "Betrag"].into_iter().zip(columns) {
        first.push(right(title, 1, 10.0, x, 580.0));
    }
    let mut y = 556.0;
    for (name, amount, price, total) in ROWS {
        first.push(Item::Text(text(name, 0, 10.0, LEFT + 6.0, y)));
        for (value, x) in [amount, price, total].into_iter().zip(columns) {
            first.push(right(value, 0, 10.0, x, y));
        }
        first.push(rule(y - 7.0, 0.4, Colour::Grey(0.75)));
        y -= 20.0;
    }
    first.push(Item::Text(text("Summe", 1, 11.0, LEFT + 6.0, y - 4.0)));
    first.push(right("5.700,00 €", 1, 11.0, columns[2], y - 4.0));
    first.push(rule(y - 10.0, 1.2, BLUE));
    first.push(rule(y - 12.5, 0.4, BLUE));
    first.push(Item::Text(Text {
        width: Some(RIGHT - LEFT),
        align: Align::Justify,
        line_height: Some(14.0),
        ..text(LONG, 3, 10.5, LEFT, y - 40.0)
    }));
    first.push(Item::Text(Text {
        colour: Colour::Rgb([0.8, 0.1, 0.1]),
        opacity: 0.25,
        rotation: 30.0,
        align: Align::Centre,
        character_spacing: 4.0,
        ..text("ENTWURF", 1, 60.0, 300.0, 200.0)
    }));

    let dash = Stroke {
        dash: vec![6.0, 3.0, 0.0, 3.0],
        cap: Cap::Round,
        ..Stroke::new(Colour::Cmyk([0.0, 0.8, 0.9, 0.1]), 2.0)
    };
    let second = vec![
        Item::Text(text("Anlage: Formen und Bilder", 1, 15.0, LEFT, 780.0)),
        Item::Line(Line {
            from: [LEFT, 760.0],
            to: [RIGHT, 760.0],
            stroke: dash.clone(),
            opacity: 1.0,
        }),
        Item::Rectangle(Rectangle {
            x: LEFT,
            y: 640.0,
            width: 120.0,
            height: 90.0,
            radius: 12.0,
            paint: Paint {
                fill: Some(Colour::Rgb([1.0, 0.9, 0.6])),
                stroke: Some(Stroke::new(BLUE, 2.0)),
                opacity: 1.0,
            },
        }),
        Item::Ellipse(Ellipse {
            centre: [260.0, 685.0],
            radii: [60.0, 45.0],
            paint: Paint {
                fill: Some(Colour::Rgb([0.6, 0.85, 0.7])),
                stroke: Some(dash),
                opacity: 0.6,
            },
        }),
        Item::Path(bytemill_pdf_create::Path {
            segments: star(410.0, 685.0, 48.0),
            even_odd: true,
            paint: Paint {
                fill: Some(Colour::Rgb([0.8, 0.2, 0.3])),
                stroke: Some(Stroke::new(Colour::BLACK, 0.8)),
                opacity: 1.0,
            },
        }),
        Item::Begin(Group {
            matrix: [1.0, 0.0, 0.3, 1.0, 470.0, 640.0],
            clip: vec![
                Segment::Move([0.0, 0.0]),
                Segment::Line([60.0, 0.0]),
                Segment::Curve([[80.0, 30.0], [40.0, 60.0], [60.0, 90.0]]),
                Segment::Line([0.0, 90.0]),
                Segment::Close,
            ],
            even_odd: false,
        }),
        Item::Image(Placed {
            image: 1,
            x: 0.0,
            y: 0.0,
            width: Some(90.0),
            height: Some(90.0),
            rotation: 0.0,
            opacity: 1.0,
        }),
        Item::End,
        Item::Image(Placed {
            image: 0,
            x: 80.0,
            y: 560.0,
            width: None,
            height: Some(48.0),
            rotation: 20.0,
            opacity: 0.7,
        }),
        Item::Text(Text {
            width: Some(200.0),
            height: Some(70.0),
            line_height: Some(14.0),
            kerning: false,
            ..text(LONG, 3, 10.5, 160.0, 620.0)
        }),
        Item::Text(text("AVATAR To Te Wo, Τύπος, Ёжик", 2, 16.0, 160.0, 500.0)),
        Item::Text(Text {
            kerning: false,
            strike: true,
            ..text("AVATAR To Te Wo, Τύπος, Ёжик", 2, 16.0, 160.0, 478.0)
        }),
        Item::Text(text("αβγ ∑ ∫ ♥ ⇒ ≤ ∞", 4, 14.0, 160.0, 450.0)),
        Item::Text(text("✁ ✔ ✘ ★ ➾ ❶", 5, 14.0, 320.0, 450.0)),
    ];
    let mut pages = Vec::new();
    let titles = ["Seite 1 von 2", "Seite 2 von 2"];
    for (mut items, title) in [first, second].into_iter().zip(titles) {
        items.push(rule(52.0, 0.4, GREY));
        let footer =
            Text { align: Align::Centre, colour: GREY, ..text(title, 0, 8.0, WIDTH / 2.0, 40.0) };
        items.push(Item::Text(footer));
        pages.push(Page { width: WIDTH, height: HEIGHT, rotation: 0, items });
    }
    pages[0].items.push(Item::Link(Link {
        x: WIDTH / 2.0 - 40.0,
        y: 36.0,
        width: 80.0,
        height: 14.0,
        target: Target::Page { page: 1, top: None },
    }));
    let standard = FontSource::Standard;
    Document {
        info: Info {
            title: "Rechnung 2024-0815 für Ευάγγελος",
            author: "Müller & Söhne GmbH",
            subject: "Beratung",
            language: "de-DE",
            created: Some(Date { seconds: 1_709_200_800, offset: 60 }),
            display_title: true,
            ..Info::default()
        },
        fonts: vec![
            standard(StandardFont::Helvetica),
            standard(StandardFont::HelveticaBold),
            FontSource::Embedded { data: embedded, index: 0 },
            standard(StandardFont::TimesRoman),
            standard(StandardFont::Symbol),
            standard(StandardFont::ZapfDingbats),
        ],
        images: images.to_vec(),
        pages,
        outline: vec![
            OutlineEntry { level: 0, open: true, title: "Rechnung", page: 0, top: None },
            OutlineEntry { level: 1, open: true, title: "Leistungen", page: 0, top: Some(600.0) },
            OutlineEntry {
                level: 0, open: false, title: "Приложение", page: 1, top: None
            },
            OutlineEntry { level: 1, open: true, title: "Formen", page: 1, top: Some(740.0) },
        ],
        labels: vec![PageLabel {
            first_page: 0,
            style: LabelStyle::LowerRoman,
            prefix: "R-",
            start: 1,
        }],
        attachments: vec![Attachment {
            name: "factur-x.xml",
            media_type: "text/xml",
            description: "Rechnungsdaten",
            relationship: Relationship::Alternative,
            modified: Some(Date { seconds: 1_709_200_800, offset: 0 }),
            data: b"<invoice/>",
        }],
        output_profile: &[],
    }
}

fn star(x: f32, y: f32, radius: f32) -> Vec<Segment> {
    // Every second corner of a pentagon.
    let corners = [[0.0, 1.0], [0.588, -0.809], [-0.951, 0.309], [0.951, 0.309], [-0.588, -0.809]];
    let point = |[dx, dy]: [f32; 2]| [x + dx * radius, y + dy * radius];
    let mut segments = vec![Segment::Move(point(corners[0]))];
    segments.extend(corners[1..].iter().map(|corner| Segment::Line(point(*corner))));
    segments.push(Segment::Close);
    segments
}
