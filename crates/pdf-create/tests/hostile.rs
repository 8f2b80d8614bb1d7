//! Fonts that are damaged in many ways: each is refused or used, in time.

#![allow(clippy::unwrap_used, reason = "what cannot be made fails the test")]
#![allow(clippy::float_cmp, reason = "the same sums")]

mod common;

use std::time::{Duration, Instant};

use bytemill_pdf_create::{Document, FontSource, Item, Limits, Page, Text, create};
use common::font;

/// Numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

fn try_font(data: &[u8]) {
    let text = Text {
        replacement: Some('A'),
        width: Some(300.0),
        ..Text::new("AVATAR Grüße, fi Ευά Ёжик ÅÉñ Ḟ", 0, 12.0, 10.0, 300.0)
    };
    let document = Document {
        fonts: vec![FontSource::Embedded { data, index: 0 }],
        pages: vec![Page {
            width: 400.0,
            height: 400.0,
            rotation: 0,
            items: vec![Item::Text(text)],
        }],
        ..Document::default()
    };
    let start = Instant::now();
    let result = create(&document, &Limits::default());
    assert!(start.elapsed() < Duration::from_secs(5), "{result:?}");
    if let Ok(created) = result {
        assert!(created.bytes.len() < 8 << 20);
    }
}

/// Where the tables of a font are.
fn tables(data: &[u8]) -> Vec<(usize, usize)> {
    let u32_at = |at: usize| u32::from_be_bytes(data[at..at + 4].try_into().unwrap()) as usize;
    let count = usize::from(u16::from_be_bytes([data[4], data[5]]));
    (0..count).map(|table| (u32_at(12 + 16 * table + 8), u32_at(12 + 16 * table + 12))).collect()
}

fn damage(name: &str, rounds: usize) {
    let Some(data) = font(name) else { return };
    let tables = tables(&data);
    let mut numbers = Numbers(rounds as u64);
    for _ in 0..rounds {
        let mut damaged = data.clone();
        for _ in 0..=numbers.below(6) {
            // Most of it near the beginning of a table, where its structure is.
            let (start, len) = match numbers.below(8) {
                0 => (0, 12 + 16 * tables.len()),
                _ => tables[numbers.below(tables.len())],
            };
            let reach = if numbers.below(3) == 0 { len } else { len.min(64) };
            let at = start + numbers.below(reach.max(1));
            let value = [0, 1, 0x7F, 0x80, 0xFF, numbers.below(256) as u8][numbers.below(6)];
            if let Some(byte) = damaged.get_mut(at) {
                *byte = value;
            }
        }
        try_font(&damaged);
    }
    for len in (0..data.len()).step_by(data.len() / 60 + 1).chain(0..64) {
        try_font(&data[..len]);
    }
}

#[test]
fn truetype() {
    damage("DejaVuSans.ttf", 300);
    damage("NotoMono-Regular.ttf", 300);
}

#[test]
fn cff() {
    damage("NimbusSans-Regular.otf", 600);
}

/// A font of glyphs that are all put together of all others.
#[test]
fn glyphs_of_glyphs_end() {
    let Some(data) = font("DejaVuSans.ttf") else { return };
    let mut damaged = data.clone();
    let find = |tag: &[u8]| {
        let at = 12 + 16 * (0..64).find(|i| &data[12 + 16 * i..16 + 16 * i] == tag).unwrap();
        u32::from_be_bytes(data[at + 8..at + 12].try_into().unwrap()) as usize
    };
    let (glyf, loca) = (find(b"glyf"), find(b"loca"));
    // Every glyph is the same outline of 40 000 components.
    let components = 40_000_usize;
    for glyph in 0..6000 {
        let end = if glyph % 2 == 0 { 0 } else { 10 + 6 * components };
        damaged[loca + 4 * glyph..loca + 4 * glyph + 4]
            .copy_from_slice(&(end as u32).to_be_bytes());
    }
    damaged[glyf..glyf + 10].copy_from_slice(&[0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0]);
    for component in 0..components {
        let at = glyf + 10 + 6 * component;
        let number = (component % 5000) as u16;
        damaged[at..at + 2].copy_from_slice(&[0, 0x20]);
        damaged[at + 2..at + 4].copy_from_slice(&number.to_be_bytes());
    }
    try_font(&damaged);
}
