//! What other programs make of documents: `qpdf`, `poppler` and `mutool`, where they are installed.

#![allow(clippy::unwrap_used, reason = "what cannot be made fails the test")]
#![allow(clippy::float_cmp, reason = "the same sums")]

mod common;

use std::process::Command;

use bytemill_pdf_create::{FontSource, Item, Page, Text};
use common::{HEIGHT, WIDTH, font, invoice, png, run, write};

#[test]
fn an_invoice_is_read_by_all() {
    let Some(dejavu) = font("DejaVuSans.ttf") else { return };
    let (logo, picture) = (png(64, 48, 4), png(100, 100, 3));
    let mut document = invoice(&dejavu, &[&logo, &picture]);
    let profile = std::fs::read("/usr/share/color/icc/ghostscript/srgb.icc").unwrap_or_default();
    document.output_profile = &profile;
    let (file, created) = write("invoice.pdf", &document);
    assert_eq!(created.rests.len(), 1, "one text is in a box that is too small");
    println!("{} bytes: {}", created.bytes.len(), file.display());

    if let Some(check) = run("qpdf", &["--check", "FILE"], &file) {
        assert!(check.contains("No syntax or stream encoding errors"), "{check}");
    }
    if let Some(text) = run("pdftotext", &["-layout", "FILE", "-"], &file) {
        for line in [
            "Müller & Söhne GmbH",
            "Ευάγγελος Παπαδόπουλος",
            "улица Ленина 5",
            "1.500,00 €",
            "Räucheröfen (Straße 7)",
            "AVATAR To Te Wo, Τύπος, Ёжик",
            "Seite 2 von 2",
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
    }
    if let Some(text) = run("mutool", &["draw", "-q", "-F", "text", "FILE"], &file) {
        assert!(text.contains("Ευάγγελος Παπαδόπουλος") && text.contains("∑ ∫ ♥"), "{text}");
    }
    if let Some(fonts) = run("pdffonts", &["FILE"], &file) {
        let embedded = fonts.lines().find(|line| line.contains("DejaVuSans")).unwrap();
        let fields: Vec<&str> = embedded.split_whitespace().collect();
        assert_eq!(fields[1..7].join(" "), "CID TrueType Identity-H yes yes yes", "{fonts}");
        assert_eq!(fonts.lines().count(), 2 + 6, "{fonts}");
    }
    if let Some(images) = run("pdfimages", &["-list", "FILE"], &file) {
        assert_eq!(images.matches("smask").count(), 2, "one mask, on two pages: {images}");
    }
    if let Some(info) = run("pdfinfo", &["FILE"], &file) {
        for line in ["für Ευάγγελος", "PDF version:     1.7", "Pages:           2"] {
            assert!(info.contains(line), "{info}");
        }
    }
    if let Some(attached) = run("pdfdetach", &["-list", "FILE"], &file) {
        assert!(attached.contains("factur-x.xml"), "{attached}");
    }
}

#[test]
fn glyphs_of_a_cff_font_are_drawn() {
    let Some(nimbus) = font("NimbusRoman-Regular.otf") else { return };
    let text = "Grüße, Ελλάδα, Россия: fifty waffles — “quoted”";
    let mut document = invoice(&nimbus, &[]);
    document.fonts = vec![FontSource::Embedded { data: &nimbus, index: 0 }];
    let items = vec![
        Item::Text(Text::new(text, 0, 24.0, 40.0, 700.0)),
        Item::Text(Text::new(text, 0, 9.0, 40.0, 660.0)),
    ];
    document.pages = vec![Page { width: WIDTH, height: HEIGHT, rotation: 0, items }];
    document.outline.clear();
    let (file, created) = write("cff.pdf", &document);
    assert!(created.bytes.len() < 30_000, "{} bytes", created.bytes.len());
    run("qpdf", &["--check", "FILE"], &file);
    if let Some(found) = run("pdftotext", &["FILE", "-"], &file) {
        assert!(found.contains(text), "{found}");
    }
    if let Some(fonts) = run("pdffonts", &["FILE"], &file) {
        assert!(fonts.contains("CID Type 0C"), "{fonts}");
    }
    if let Some(found) = run("mutool", &["draw", "-q", "-F", "text", "FILE"], &file) {
        assert!(found.contains(text), "{found}");
    }
    if Command::new("pdftoppm").arg("-v").output().is_ok() {
        run("pdftoppm", &["-r", "50", "FILE", "/dev/null"], &file);
    }
}
