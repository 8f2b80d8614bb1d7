//! How passwords are written as bytes (ISO 32000-1, 7.6.3.3; ISO 32000-2, 7.6.4.3.2).

/// `PDFDocEncoding` where it differs from Latin-1 (annex D.2): bytes 0x18 to 0x1F, then 0x80 to 0x9E.
const LOW: &str = "\u{2d8}\u{2c7}\u{2c6}\u{2d9}\u{2dd}\u{2db}\u{2da}\u{2dc}";
const HIGH: &str = "\u{2022}\u{2020}\u{2021}\u{2026}\u{2014}\u{2013}\u{192}\u{2044}\u{2039}\u{203a}\u{2212}\u{2030}\
    \u{201e}\u{201c}\u{201d}\u{2018}\u{2019}\u{201a}\u{2122}\u{fb01}\u{fb02}\u{141}\u{152}\u{160}\u{178}\u{17d}\u{131}\
    \u{142}\u{153}\u{161}\u{17e}";

/// For revisions up to 4; none where a character has no byte.
pub fn password_r4(password: &str) -> Option<Vec<u8>> {
    password
        .chars()
        .map(|character| match character {
            '\t' | '\n' | '\r' | ' '..='~' | '\u{a1}'..='\u{ff}' => Some(character as u8),
            '\u{20ac}' => Some(0xA0),
            _ => {
                let find = |table: &str| table.chars().position(|other| other == character);
                let low = find(LOW).map(|at| 0x18 + at as u8);
                low.or_else(|| find(HIGH).map(|at| 0x80 + at as u8))
            }
        })
        .collect()
}

/// For revisions 5 and 6: what `SASLprep` (RFC 4013) makes of a password without its normalization NFKC, which ASCII and
/// composed letters are in already: spaces become the one of ASCII, what is invisible goes.
pub fn password_r6(password: &str) -> String {
    password
        .chars()
        .filter(|character| {
            !matches!(character, '\u{ad}' | '\u{34f}' | '\u{1806}' | '\u{180b}'..='\u{180d}'
                | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        })
        .map(|character| match character {
            '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}' => ' ',
            other => other,
        })
        .collect()
}
