//! The 14 standard fonts (ISO 32000-1, 9.6.2.2), which viewers have, so that only their names are written.

mod encoding;
mod widths;

use crate::metrics::Metrics;

/// A font that every viewer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandardFont {
    /// Helvetica.
    Helvetica,
    /// Helvetica, bold.
    HelveticaBold,
    /// Helvetica, oblique.
    HelveticaOblique,
    /// Helvetica, bold and oblique.
    HelveticaBoldOblique,
    /// Times.
    TimesRoman,
    /// Times, bold.
    TimesBold,
    /// Times, italic.
    TimesItalic,
    /// Times, bold and italic.
    TimesBoldItalic,
    /// Courier.
    Courier,
    /// Courier, bold.
    CourierBold,
    /// Courier, oblique.
    CourierOblique,
    /// Courier, bold and oblique.
    CourierBoldOblique,
    /// Greek letters and mathematical signs.
    Symbol,
    /// Ornaments.
    ZapfDingbats,
}

impl StandardFont {
    /// All, by their numbers in the binary form.
    pub const ALL: [Self; 14] = [
        Self::Helvetica,
        Self::HelveticaBold,
        Self::HelveticaOblique,
        Self::HelveticaBoldOblique,
        Self::TimesRoman,
        Self::TimesBold,
        Self::TimesItalic,
        Self::TimesBoldItalic,
        Self::Courier,
        Self::CourierBold,
        Self::CourierOblique,
        Self::CourierBoldOblique,
        Self::Symbol,
        Self::ZapfDingbats,
    ];

    /// The name by which PDF knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Helvetica => "Helvetica",
            Self::HelveticaBold => "Helvetica-Bold",
            Self::HelveticaOblique => "Helvetica-Oblique",
            Self::HelveticaBoldOblique => "Helvetica-BoldOblique",
            Self::TimesRoman => "Times-Roman",
            Self::TimesBold => "Times-Bold",
            Self::TimesItalic => "Times-Italic",
            Self::TimesBoldItalic => "Times-BoldItalic",
            Self::Courier => "Courier",
            Self::CourierBold => "Courier-Bold",
            Self::CourierOblique => "Courier-Oblique",
            Self::CourierBoldOblique => "Courier-BoldOblique",
            Self::Symbol => "Symbol",
            Self::ZapfDingbats => "ZapfDingbats",
        }
    }

    /// Whether its codes are its own, not those of `WinAnsiEncoding`.
    pub(crate) fn is_symbolic(self) -> bool {
        matches!(self, Self::Symbol | Self::ZapfDingbats)
    }

    /// The code of a character.
    pub(crate) fn code(self, character: char) -> Option<u8> {
        match self {
            Self::Symbol => encoding::symbol(character),
            Self::ZapfDingbats => encoding::zapf_dingbats(character),
            _ => encoding::win_ansi(character),
        }
    }

    /// The width of a code, in thousandths of an em.
    pub(crate) fn width(self, code: u8) -> u16 {
        let table = match self {
            Self::Helvetica | Self::HelveticaOblique => &widths::HELVETICA,
            Self::HelveticaBold | Self::HelveticaBoldOblique => &widths::HELVETICA_BOLD,
            Self::TimesRoman => &widths::TIMES_ROMAN,
            Self::TimesBold => &widths::TIMES_BOLD,
            Self::TimesItalic => &widths::TIMES_ITALIC,
            Self::TimesBoldItalic => &widths::TIMES_BOLD_ITALIC,
            Self::Symbol => &widths::SYMBOL,
            Self::ZapfDingbats => &widths::ZAPF_DINGBATS,
            _ => return if code < 32 { 0 } else { 600 },
        };
        usize::from(code).checked_sub(32).map_or(0, |index| table[index])
    }

    /// Measures of its lines, from the metrics files; where those name no ascender, those of its box. The line's height is
    /// that of the box, as most programs have it.
    pub(crate) fn metrics(self) -> Metrics {
        let (ascent, descent, line) = match self {
            Self::Helvetica | Self::HelveticaOblique => (718, -207, 1156),
            Self::HelveticaBold | Self::HelveticaBoldOblique => (718, -207, 1190),
            Self::TimesRoman => (683, -217, 1116),
            Self::TimesBold => (683, -217, 1153),
            Self::TimesItalic => (683, -217, 1100),
            Self::TimesBoldItalic => (683, -217, 1139),
            Self::Symbol => (1010, -293, 1303),
            Self::ZapfDingbats => (820, -143, 963),
            _ => (629, -157, 1055),
        };
        Metrics {
            ascent: f64::from(ascent) / 1000.0,
            descent: f64::from(descent) / 1000.0,
            line: f64::from(line) / 1000.0,
            underline: -0.1,
            strike: 0.25,
            thickness: 0.05,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_metrics_files() {
        let width = |font: StandardFont, c| font.code(c).map(|code| font.width(code));
        assert_eq!(width(StandardFont::Helvetica, 'A'), Some(667));
        assert_eq!(width(StandardFont::HelveticaBold, 'ß'), Some(611));
        assert_eq!(width(StandardFont::TimesRoman, '€'), Some(500));
        assert_eq!(width(StandardFont::TimesBoldItalic, 'W'), Some(889));
        assert_eq!(width(StandardFont::CourierOblique, 'ÿ'), Some(600));
        assert_eq!(width(StandardFont::Symbol, 'α'), Some(631));
        assert_eq!(width(StandardFont::ZapfDingbats, '✔'), Some(846));
        assert_eq!(width(StandardFont::Helvetica, 'α'), None);
    }

    #[test]
    fn every_code_that_a_character_has_has_a_width() {
        for font in StandardFont::ALL {
            for character in (0..0x1_0000).filter_map(char::from_u32) {
                if let Some(code) = font.code(character) {
                    assert!(font.width(code) > 0, "{} {character:?} {code}", font.name());
                }
            }
        }
    }
}
