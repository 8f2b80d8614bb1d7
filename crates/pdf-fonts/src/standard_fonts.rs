//! The 14 fonts that need not be embedded (ISO 32000-1, 9.6.2.2), with the figures of Adobe's metrics for them.

use crate::{Encoding, FontStyle, table, without_subset_tag};

/// Names with the widths of Helvetica, Helvetica-Bold, Times-Roman, Times-Bold, Times-Italic and Times-BoldItalic.
const LATIN: &[u8] = include_bytes!("../data/widths-latin.txt");
/// Names with the widths of Symbol and `ZapfDingbats`, 0 where a font lacks one.
const SYMBOLS: &[u8] = include_bytes!("../data/widths-symbols.txt");
/// That of each glyph of Courier.
const COURIER: u16 = 600;

/// One of the standard 14 fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum StandardFont {
    Courier,
    CourierBold,
    CourierOblique,
    CourierBoldOblique,
    Helvetica,
    HelveticaBold,
    HelveticaOblique,
    HelveticaBoldOblique,
    TimesRoman,
    TimesBold,
    TimesItalic,
    TimesBoldItalic,
    Symbol,
    ZapfDingbats,
}

/// In the order of [`StandardFont`].
const FONTS: [(StandardFont, &str); 14] = [
    (StandardFont::Courier, "Courier"),
    (StandardFont::CourierBold, "Courier-Bold"),
    (StandardFont::CourierOblique, "Courier-Oblique"),
    (StandardFont::CourierBoldOblique, "Courier-BoldOblique"),
    (StandardFont::Helvetica, "Helvetica"),
    (StandardFont::HelveticaBold, "Helvetica-Bold"),
    (StandardFont::HelveticaOblique, "Helvetica-Oblique"),
    (StandardFont::HelveticaBoldOblique, "Helvetica-BoldOblique"),
    (StandardFont::TimesRoman, "Times-Roman"),
    (StandardFont::TimesBold, "Times-Bold"),
    (StandardFont::TimesItalic, "Times-Italic"),
    (StandardFont::TimesBoldItalic, "Times-BoldItalic"),
    (StandardFont::Symbol, "Symbol"),
    (StandardFont::ZapfDingbats, "ZapfDingbats"),
];

/// What families are called, in small letters without spaces, and what their styles begin at in [`FONTS`].
const FAMILIES: [(&[u8], usize); 16] = [
    (b"courier", 0),
    (b"couriernew", 0),
    (b"couriernewps", 0),
    (b"couriernewpsmt", 0),
    (b"helvetica", 4),
    (b"arial", 4),
    (b"arialmt", 4),
    (b"times", 8),
    (b"timesroman", 8),
    (b"timesnewroman", 8),
    (b"timesnewromanps", 8),
    (b"timesnewromanpsmt", 8),
    (b"symbol", 12),
    (b"symbolmt", 12),
    (b"zapfdingbats", 13),
    (b"dingbats", 13),
];

/// What styles are called, and their distance from the upright one.
const STYLES: [(&[u8], usize); 10] = [
    (b"", 0),
    (b"roman", 0),
    (b"regular", 0),
    (b"normal", 0),
    (b"bold", 1),
    (b"italic", 2),
    (b"oblique", 2),
    (b"bolditalic", 3),
    (b"boldoblique", 3),
    (b"italicbold", 3),
];

impl StandardFont {
    /// The font of a `BaseFont`: its own name, those of the fonts of Windows and Mac OS that have the same metrics, with or
    /// without the tag of a subset, with the style behind a hyphen, a comma or a space. Relatives with other widths, such as
    /// `ArialNarrow`, are none.
    pub fn from_name(name: &[u8]) -> Option<Self> {
        let name = without_subset_tag(name);
        if name.len() > 40 {
            return None;
        }
        let lower: Vec<u8> = name
            .iter()
            .filter(|byte| **byte != b' ' && **byte != b'_')
            .map(u8::to_ascii_lowercase)
            .collect();
        let cut = lower.iter().position(|byte| matches!(byte, b'-' | b','));
        let (family, style) = match cut {
            Some(cut) => (&lower[..cut], &lower[cut + 1..]),
            // `Arial Bold` and `ArialBold`.
            None => STYLES
                .iter()
                .filter(|(style, _)| style.len() >= 4)
                .filter_map(|(style, _)| {
                    let family = lower.strip_suffix(*style)?;
                    family_start(family).map(|_| (family, *style))
                })
                .max_by_key(|(_, style)| style.len())
                .unwrap_or((&lower, b"")),
        };
        let start = family_start(family)?;
        let style = style.strip_suffix(b"mt").unwrap_or(style);
        let (_, step) = STYLES.iter().find(|(name, _)| *name == style)?;
        Some(FONTS[if start < 12 { start + step } else { start }].0)
    }

    /// The font that comes closest to a style: what viewers draw where a font is not embedded.
    pub fn similar(style: FontStyle) -> Self {
        let family = if style.fixed {
            0
        } else if style.serif {
            8
        } else {
            4
        };
        FONTS[family + usize::from(style.bold) + 2 * usize::from(style.italic)].0
    }

    /// Its name in PDF.
    pub fn name(self) -> &'static str {
        FONTS[self as usize].1
    }

    /// The advance of a glyph in thousandths of the font size, where the font has it.
    pub fn width(self, glyph: &[u8]) -> Option<u16> {
        let (list, column) = match self {
            Self::Courier | Self::CourierBold | Self::CourierOblique | Self::CourierBoldOblique => {
                return table::find(LATIN, glyph).map(|_| COURIER);
            }
            Self::Helvetica | Self::HelveticaOblique => (LATIN, 0),
            Self::HelveticaBold | Self::HelveticaBoldOblique => (LATIN, 1),
            Self::TimesRoman => (LATIN, 2),
            Self::TimesBold => (LATIN, 3),
            Self::TimesItalic => (LATIN, 4),
            Self::TimesBoldItalic => (LATIN, 5),
            Self::Symbol => (SYMBOLS, 0),
            Self::ZapfDingbats => (SYMBOLS, 1),
        };
        let width = table::number(table::word(table::find(list, glyph)?, column)?, 10)?;
        u16::try_from(width).ok().filter(|width| *width != 0)
    }

    /// The encoding that the font has built in.
    pub fn encoding(self) -> Encoding {
        match self {
            Self::Symbol => Encoding::Symbol,
            Self::ZapfDingbats => Encoding::ZapfDingbats,
            _ => Encoding::Standard,
        }
    }

    /// How far letters reach over the baseline, in thousandths of the font size. The metrics of the two fonts of symbols have
    /// no such entry: theirs are those of their bounding boxes.
    pub fn ascent(self) -> i16 {
        match self as usize {
            0..4 => 629,
            4..8 => 718,
            8..12 => 683,
            12 => 1010,
            _ => 820,
        }
    }

    /// How far letters reach below the baseline, as a negative number of thousandths of the font size.
    pub fn descent(self) -> i16 {
        match self as usize {
            0..4 => -157,
            4..8 => -207,
            8..12 => -217,
            12 => -293,
            _ => -143,
        }
    }

    /// How it looks.
    pub fn style(self) -> FontStyle {
        let index = self as usize;
        let text = index < 12;
        FontStyle {
            fixed: index < 4,
            serif: index < 4 || (8..12).contains(&index),
            bold: text && index & 1 == 1,
            italic: text && index & 2 == 2,
        }
    }
}

fn family_start(family: &[u8]) -> Option<usize> {
    FAMILIES.iter().find(|(name, _)| *name == family).map(|(_, start)| *start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_names_and_aliases() {
        for (index, (font, name)) in FONTS.into_iter().enumerate() {
            assert_eq!(font as usize, index);
            assert_eq!(font.name(), name);
            assert_eq!(StandardFont::from_name(name.as_bytes()), Some(font));
        }
        for (name, font) in [
            ("ArialMT", StandardFont::Helvetica),
            ("Arial-BoldMT", StandardFont::HelveticaBold),
            ("Arial,BoldItalic", StandardFont::HelveticaBoldOblique),
            ("Arial Bold", StandardFont::HelveticaBold),
            ("ArialBoldItalic", StandardFont::HelveticaBoldOblique),
            ("TimesNewRoman,Bold", StandardFont::TimesBold),
            ("TimesNewRomanPSMT", StandardFont::TimesRoman),
            ("TimesNewRomanPS-BoldItalicMT", StandardFont::TimesBoldItalic),
            ("Times New Roman", StandardFont::TimesRoman),
            ("CourierNew", StandardFont::Courier),
            ("CourierNewPS-ItalicMT", StandardFont::CourierOblique),
            ("ABCDEF+Helvetica-Oblique", StandardFont::HelveticaOblique),
            ("Times", StandardFont::TimesRoman),
            ("SymbolMT", StandardFont::Symbol),
            ("Symbol,Bold", StandardFont::Symbol),
        ] {
            assert_eq!(StandardFont::from_name(name.as_bytes()), Some(font), "{name}");
        }
        for name in [
            "",
            "ArialNarrow",
            "Arial-Black",
            "HelveticaNeue-Bold",
            "Arial Unicode MS",
            "F1",
            "Bold",
        ] {
            assert_eq!(StandardFont::from_name(name.as_bytes()), None, "{name}");
        }
    }

    #[test]
    fn widths_are_those_of_the_metrics() {
        use StandardFont as F;
        for (font, glyph, width) in [
            (F::Helvetica, "A", 667),
            (F::HelveticaOblique, "A", 667),
            (F::HelveticaBold, "a", 556),
            (F::TimesRoman, "space", 250),
            (F::TimesBold, "fi", 556),
            (F::TimesItalic, "ampersand", 778),
            (F::TimesBoldItalic, "Euro", 500),
            (F::Courier, "germandbls", 600),
            (F::Symbol, "alpha", 631),
            (F::ZapfDingbats, "a1", 974),
        ] {
            assert_eq!(font.width(glyph.as_bytes()), Some(width), "{glyph}");
        }
        assert_eq!(F::Symbol.width(b"a1"), None);
        assert_eq!(F::Courier.width(b"alpha"), None);
        assert_eq!(F::Helvetica.width(b""), None);
    }

    #[test]
    fn every_encoded_glyph_has_a_width() {
        for (font, _) in FONTS {
            for name in font.encoding().names().into_iter().flatten() {
                assert!(font.width(name).is_some(), "{font:?} {name:?}");
            }
        }
        for name in Encoding::WinAnsi.names().into_iter().flatten() {
            assert!(StandardFont::Helvetica.width(name).is_some(), "{name:?}");
        }
    }

    #[test]
    fn styles() {
        let style = StandardFont::TimesBoldItalic.style();
        assert_eq!(style, FontStyle { fixed: false, serif: true, bold: true, italic: true });
        for (font, _) in &FONTS[..12] {
            assert_eq!(StandardFont::similar(font.style()), *font);
        }
    }
}
