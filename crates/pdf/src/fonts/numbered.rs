//! Glyph names that only number: `a65`, `g41`, `C0065`. Where all names of a font are like that, the numbers are codes,
//! as in the Type 3 fonts of old TeX drivers; poppler and pdf.js read them so too.

/// How the names of a font number its glyphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbering {
    Decimal,
    Hexadecimal,
}

fn digits(name: &[u8]) -> Option<&[u8]> {
    let letters = name.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    // In `cAB` the hexadecimal digits begin behind the first letter.
    let letters = if name[letters..].is_empty() { 1 } else { letters };
    let digits = name.get(letters.min(2)..)?;
    let fits = (1..=4).contains(&digits.len()) && digits.iter().all(u8::is_ascii_hexdigit);
    (fits && letters <= 2).then_some(digits)
}

impl Numbering {
    /// How these names number, if all do.
    pub(crate) fn of<'a>(names: impl Iterator<Item = &'a [u8]>) -> Option<Self> {
        let mut hexadecimal = false;
        let mut count = 0;
        for name in names {
            let digits = digits(name)?;
            hexadecimal |= !digits.iter().all(u8::is_ascii_digit);
            count += 1;
        }
        (count > 0).then_some(if hexadecimal { Self::Hexadecimal } else { Self::Decimal })
    }

    /// The character of a name.
    pub(crate) fn char(self, name: &[u8]) -> Option<char> {
        let radix = if self == Self::Decimal { 10 } else { 16 };
        let number = u32::from_str_radix(str::from_utf8(digits(name)?).ok()?, radix).ok()?;
        char::from_u32(number).filter(|char| !char.is_control())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names() {
        let numbering =
            |names: &[&'static str]| Numbering::of(names.iter().map(|name| name.as_bytes()));
        assert_eq!(numbering(&["a65", "a66"]), Some(Numbering::Decimal));
        assert_eq!(numbering(&["g41", "g4a"]), Some(Numbering::Hexadecimal));
        assert_eq!(numbering(&["cAB"]), Some(Numbering::Hexadecimal));
        assert_eq!(numbering(&["a65", "alpha"]), None);
        assert_eq!(numbering(&[]), None);
        assert_eq!(numbering(&["", "a", "a123456"]), None);
        assert_eq!(Numbering::Decimal.char(b"a65"), Some('A'));
        assert_eq!(Numbering::Hexadecimal.char(b"g41"), Some('A'));
        assert_eq!(Numbering::Decimal.char(b"a7"), None);
    }
}
