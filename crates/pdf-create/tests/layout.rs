//! Where lines are broken, and how large texts are.

#![allow(clippy::unwrap_used, reason = "what cannot be made fails the test")]
#![allow(clippy::float_cmp, reason = "the same sums")]

mod common;

use bytemill_pdf_create::{Align, CreateError, FontSource, Fonts, Measured, StandardFont, Text};
use common::font;

const HELVETICA: &[FontSource<'_>] = &[FontSource::Standard(StandardFont::Helvetica)];
/// All characters are 6 points wide at 10.
const COURIER: &[FontSource<'_>] = &[FontSource::Standard(StandardFont::Courier)];

fn measure(fonts: &[FontSource<'_>], text: &Text<'_>) -> Measured {
    Fonts::new(fonts).unwrap().measure(text).unwrap()
}

/// The lines of a text in Courier, that many characters wide.
fn lines(text: &str, columns: u8) -> Vec<&str> {
    let width = Some(f32::from(columns) * 6.0);
    let measured = measure(COURIER, &Text { width, ..Text::new(text, 0, 10.0, 0.0, 0.0) });
    assert_eq!(measured.fitting, text.len());
    measured.lines.iter().map(|line| &text[line.start..line.end]).collect()
}

#[test]
fn lines_are_broken_at_spaces() {
    assert_eq!(lines("the quick brown fox", 9), ["the quick", "brown fox"]);
    assert_eq!(lines("the quick brown fox", 8), ["the", "quick", "brown", "fox"]);
    assert_eq!(lines("a  b   c", 3), ["a", "b", "c"]);
    assert_eq!(lines("a  b   c", 4), ["a  b", "c"]);
    assert_eq!(lines("  indented text", 10), ["  indented", "text"]);
    assert_eq!(lines("", 5), [""]);
    assert_eq!(lines("one\n\ntwo\r\nthree\n", 5), ["one", "", "two\r", "three", ""]);
    assert_eq!(lines("not\u{A0}here but there", 10), ["not\u{A0}here", "but there"]);
}

#[test]
fn words_that_are_too_long_are_broken_anywhere() {
    assert_eq!(lines("incomprehensible", 5), ["incom", "prehe", "nsibl", "e"]);
    assert_eq!(lines("an incomprehensible", 5), ["an", "incom", "prehe", "nsibl", "e"]);
    assert_eq!(lines("abc", 0x01), ["a", "b", "c"]);
    let tiny = Text { width: Some(0.5), ..Text::new("ab c", 0, 10.0, 0.0, 0.0) };
    assert_eq!(measure(COURIER, &tiny).lines.len(), 3);
}

#[test]
fn hyphens_and_dashes_end_lines() {
    assert_eq!(lines("well-known", 6), ["well-", "known"]);
    assert_eq!(lines("from -5 to A-4", 6), ["from", "-5 to", "A-4"]);
    assert_eq!(lines("now\u{2013}then", 5), ["now\u{2013}", "then"]);
    // A soft hyphen is nothing until a line is broken at it.
    assert_eq!(lines("Donau\u{AD}dampf", 10), ["Donau\u{AD}dampf"]);
    assert_eq!(lines("Donau\u{AD}dampf", 7), ["Donau\u{AD}", "dampf"]);
    let text = Text { width: Some(42.0), ..Text::new("Donau\u{AD}dampf", 0, 10.0, 0.0, 0.0) };
    assert_eq!(measure(COURIER, &text).width, 36.0, "with its hyphen");
    // No room for the hyphen itself.
    assert_eq!(lines("Donau\u{AD}dampf", 5), ["Donau\u{AD}", "dampf"]);
    assert_eq!(lines("zero\u{200B}width", 6), ["zero\u{200B}", "width"]);
}

#[test]
fn widths_are_sums() {
    let text = Text::new("Hello, World!", 0, 12.0, 0.0, 0.0);
    let measured = measure(HELVETICA, &text);
    // 722 + 556 + 222 + 222 + 556 + 278 + 278 + 944 + 556 + 333 + 222 + 556 + 278
    assert!((measured.width - 5.723 * 12.0).abs() < 1e-9, "{}", measured.width);
    assert!((measured.height - 1.156 * 12.0).abs() < 1e-9);
    let spaced = measure(HELVETICA, &Text { character_spacing: 2.0, ..text });
    assert!((spaced.width - measured.width - 24.0).abs() < 1e-9);
    let more = measure(HELVETICA, &Text { text: "Hello, World! ", ..text });
    assert!((more.width - measured.width - 0.278 * 12.0).abs() < 1e-9, "spaces count");
    let two = measure(HELVETICA, &Text { text: "Hello,\nWorld!", line_height: Some(20.0), ..text });
    assert_eq!((two.lines.len(), two.height), (2, 40.0));
}

#[test]
fn a_text_fits_its_own_width() {
    for sample in ["The quick brown fox jumps.", "Größenänderung, 12,50 €", "iiiiillll WWWW"] {
        for tenths in 60_u16..200 {
            let text = Text::new(sample, 0, f32::from(tenths) / 10.0, 0.0, 0.0);
            let width = Some(measure(HELVETICA, &text).width as f32);
            let lines = measure(HELVETICA, &Text { width, ..text }).lines.len();
            assert_eq!(lines, 1, "{sample} at {tenths} tenths");
        }
    }
}

#[test]
fn what_does_not_fit_the_height_is_left() {
    let sample = "one two three four";
    let fitting = |height| {
        let text = Text::new(sample, 0, 10.0, 0.0, 0.0);
        let text =
            Text { width: Some(30.0), height: Some(height), line_height: Some(12.0), ..text };
        let measured = measure(COURIER, &text);
        (measured.lines.len(), &sample[measured.fitting..])
    };
    assert_eq!(fitting(48.0), (4, ""));
    assert_eq!(fitting(47.0), (3, "four"));
    assert_eq!(fitting(12.0), (1, "two three four"));
    assert_eq!(fitting(11.0), (0, sample));
}

#[test]
fn a_long_text_flows_from_page_to_page() {
    let sample =
        "Many words, not all of them long; some-times\nwith an end of a line.  ".repeat(500);
    let text = Text { width: Some(120.0), ..Text::new(&sample, 0, 10.0, 0.0, 0.0) };
    let whole = measure(HELVETICA, &text);
    let fonts = Fonts::new(HELVETICA).unwrap();
    let (mut start, mut flowed) = (0, Vec::new());
    while start < sample.len() {
        let part = Text { text: &sample[start..], height: Some(100.0), ..text };
        let measured = fonts.measure(&part).unwrap();
        assert!(measured.fitting > 0);
        flowed.extend(measured.lines.iter().map(|line| (line.start + start, line.end + start)));
        start += measured.fitting;
    }
    let whole: Vec<_> = whole.lines.iter().map(|line| (line.start, line.end)).collect();
    assert_eq!(flowed, whole);
}

#[test]
fn alignment_does_not_change_measures() {
    let text = Text { width: Some(80.0), ..Text::new("some words to justify", 0, 10.0, 0.0, 0.0) };
    let left = measure(HELVETICA, &text);
    for align in [Align::Centre, Align::Right, Align::Justify] {
        assert_eq!(measure(HELVETICA, &Text { align, ..text }), left);
    }
}

#[test]
fn characters_that_a_font_lacks_are_refused_or_replaced() {
    let fonts = Fonts::new(HELVETICA).unwrap();
    let text = Text::new("a\u{2192}b", 0, 10.0, 0.0, 0.0);
    let error = fonts.measure(&text).unwrap_err();
    assert!(matches!(error, CreateError::Character { character: '\u{2192}', font: 0, .. }));
    let replaced = fonts.measure(&Text { replacement: Some('?'), ..text }).unwrap();
    assert!((replaced.width - 16.68).abs() < 1e-9);
    let neither = fonts.measure(&Text { replacement: Some('\u{2190}'), ..text });
    assert_eq!(neither, Err(error));
    // Signs that only control others are nothing, and spaces of all kinds are spaces.
    let text = Text { text: "a\u{200D}\u{FE0F}\u{202F}\tb", ..text };
    assert!((fonts.measure(&text).unwrap().width - (5.56 * 2.0 + 2.78 * 2.0)).abs() < 1e-9);
}

#[test]
fn an_embedded_font_kerns() {
    let Some(dejavu) = font("DejaVuSans.ttf") else { return };
    let fonts = [FontSource::Embedded { data: &dejavu, index: 0 }];
    let text = Text::new("AVATAR", 0, 100.0, 0.0, 0.0);
    let kerned = measure(&fonts, &text).width;
    let apart = measure(&fonts, &Text { kerning: false, ..text }).width;
    // A 1401, V 1401, T 1251, R 1423 units of 2048.
    assert!((apart - (3.0 * 1401.0 + 1401.0 + 1251.0 + 1423.0) / 20.48).abs() < 1e-6, "{apart}");
    assert!(kerned < apart - 10.0, "{kerned}");
}

#[test]
fn scripts_without_spaces_are_broken_anywhere_but_before_closing_marks() {
    let file = "/usr/share/ghostscript/10.00.0/Resource/CIDFSubst/DroidSansFallback.ttf";
    let Ok(droid) = std::fs::read(file) else {
        println!("skipped: no {file}");
        return;
    };
    let fonts = [FontSource::Embedded { data: &droid, index: 0 }];
    let sample = "私は「猫」である。名前は、まだ無い。";
    let text = Text { width: Some(50.0), ..Text::new(sample, 0, 10.0, 0.0, 0.0) };
    let measured = measure(&fonts, &text);
    let lines: Vec<&str> = measured.lines.iter().map(|l| &sample[l.start..l.end]).collect();
    assert_eq!(lines, ["私は「猫」", "である。名", "前は、まだ", "無い。"]);
    let text = Text { width: Some(40.0), ..text };
    let measured = measure(&fonts, &text);
    let lines: Vec<&str> = measured.lines.iter().map(|l| &sample[l.start..l.end]).collect();
    assert_eq!(lines[..2], ["私は", "「猫」で"]);
}
