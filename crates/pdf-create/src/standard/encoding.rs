//! Characters to codes (ISO 32000-1, annex D).

/// Codes 128 to 159 of `WinAnsiEncoding`, which are those of Windows' code page 1252. `\0` where it has none.
const WIN_ANSI: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// D.2, the column WIN.
pub(super) fn win_ansi(character: char) -> Option<u8> {
    match character {
        ' '..='~' | '\u{A0}'..='ÿ' => u8::try_from(u32::from(character)).ok(),
        _ => position(&WIN_ANSI, 128, character),
    }
}

/// Symbol's codes 33 to 126, D.5. `\0` where there is no character for a glyph.
const SYMBOL_LOW: [char; 94] = [
    '!', '∀', '#', '∃', '%', '&', '∋', '(', ')', '∗', '+', ',', '−', '.', '/', '0', '1', '2', '3',
    '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?', '≅', 'Α', 'Β', 'Χ', 'Δ', 'Ε', 'Φ',
    'Γ', 'Η', 'Ι', 'ϑ', 'Κ', 'Λ', 'Μ', 'Ν', 'Ο', 'Π', 'Θ', 'Ρ', 'Σ', 'Τ', 'Υ', 'ς', 'Ω', 'Ξ', 'Ψ',
    'Ζ', '[', '∴', ']', '⊥', '_', '\0', 'α', 'β', 'χ', 'δ', 'ε', 'φ', 'γ', 'η', 'ι', 'ϕ', 'κ', 'λ',
    'μ', 'ν', 'ο', 'π', 'θ', 'ρ', 'σ', 'τ', 'υ', 'ϖ', 'ω', 'ξ', 'ψ', 'ζ', '{', '|', '}', '∼',
];

/// Symbol's codes 160 to 254, D.5.
const SYMBOL_HIGH: [char; 95] = [
    '€', 'ϒ', '′', '≤', '⁄', '∞', 'ƒ', '♣', '♦', '♥', '♠', '↔', '←', '↑', '→', '↓', '°', '±', '″',
    '≥', '×', '∝', '∂', '•', '÷', '≠', '≡', '≈', '…', '⏐', '⎯', '↵', 'ℵ', 'ℑ', 'ℜ', '℘', '⊗', '⊕',
    '∅', '∩', '∪', '⊃', '⊇', '⊄', '⊂', '⊆', '∈', '∉', '∠', '∇', '®', '©', '™', '∏', '√', '⋅', '¬',
    '∧', '∨', '⇔', '⇐', '⇑', '⇒', '⇓', '◊', '⟨', '\0', '\0', '\0', '∑', '⎛', '⎜', '⎝', '⎡', '⎢',
    '⎣', '⎧', '⎨', '⎩', '⎪', '\0', '⟩', '∫', '⌠', '⎮', '⌡', '⎞', '⎟', '⎠', '⎤', '⎥', '⎦', '⎫', '⎬',
    '⎭',
];

/// D.5.
pub(super) fn symbol(character: char) -> Option<u8> {
    // Characters that look the same.
    let character = match character {
        ' ' | '\u{A0}' => return Some(b' '),
        '\u{B5}' => 'μ',
        '∆' => 'Δ',
        '\u{2126}' => 'Ω',
        '·' => '⋅',
        '〈' => '⟨',
        '〉' => '⟩',
        _ => character,
    };
    position(&SYMBOL_LOW, 33, character).or_else(|| position(&SYMBOL_HIGH, 160, character))
}

/// D.6. Unicode took its characters over from this font, in the same order; those it had already have other numbers.
pub(super) fn zapf_dingbats(character: char) -> Option<u8> {
    let code = match u32::from(character) {
        0x20 | 0xA0 => 0x20,
        0x260E => 0x25,
        0x261B => 0x2A,
        0x261E => 0x2B,
        0x2605 => 0x48,
        0x25CF => 0x6C,
        0x25A0 => 0x6E,
        0x25B2 => 0x73,
        0x25BC => 0x74,
        0x25C6 => 0x75,
        0x25D7 => 0x77,
        0x2663 => 0xA8,
        0x2666 => 0xA9,
        0x2665 => 0xAA,
        0x2660 => 0xAB,
        number @ 0x2460..=0x2469 => number - 0x2460 + 0xAC,
        number @ 0x2776..=0x2793 => number - 0x2776 + 0xB6,
        0x2794 => 0xD4,
        0x2192 => 0xD5,
        0x2194 => 0xD6,
        0x2195 => 0xD7,
        // Brackets, which came into Unicode later.
        number @ 0x2768..=0x2775 => number - 0x2768 + 0x80,
        number @ 0x2761..=0x2767 => number - 0x2700 + 0x40,
        number @ 0x2798..=0x27BE if number != 0x27B0 => number - 0x2700 + 0x40,
        number @ 0x2701..=0x275E => match number - 0x2700 + 0x20 {
            // Where Unicode has the characters above.
            0x25 | 0x2A | 0x2B | 0x48 | 0x6C | 0x6E | 0x73 | 0x74 | 0x75 | 0x77 => return None,
            code => code,
        },
        _ => return None,
    };
    u8::try_from(code).ok()
}

fn position(table: &[char], first: u8, character: char) -> Option<u8> {
    let found = table.iter().position(|entry| *entry == character && character != '\0')?;
    u8::try_from(found).ok()?.checked_add(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_annex() {
        assert_eq!(win_ansi('Ä'), Some(0xC4));
        assert_eq!(win_ansi('Ÿ'), Some(0x9F));
        assert_eq!(win_ansi('€'), Some(0x80));
        assert_eq!((win_ansi('\0'), win_ansi('\u{81}'), win_ansi('\n')), (None, None, None));
        assert_eq!(symbol('∀'), Some(0x22));
        assert_eq!((symbol('~'), symbol('∼')), (None, Some(0x7E)));
        assert_eq!((symbol('€'), symbol('⎭'), symbol('◊')), (Some(0xA0), Some(0xFE), Some(0xE0)));
        assert_eq!((symbol('∇'), symbol('ℵ'), symbol('∫')), (Some(0xD1), Some(0xC0), Some(0xF2)));
        assert_eq!(zapf_dingbats('✁'), Some(0x21));
        assert_eq!(zapf_dingbats('★'), Some(0x48));
        assert_eq!(zapf_dingbats('➾'), Some(0xFE));
        assert_eq!(zapf_dingbats('➓'), Some(0xD3));
    }
}
