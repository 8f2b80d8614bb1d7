//! How a font looks, as far as text has use for it: by its name, its descriptor or its program.

/// The style of a font. What is not known is `false`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four answers that do not depend on each other")]
pub struct FontStyle {
    /// All glyphs are equally wide.
    pub fixed: bool,
    /// Strokes end in serifs.
    pub serif: bool,
    /// Heavier than a text font is.
    pub bold: bool,
    /// Slanted, drawn for it or not.
    pub italic: bool,
}

impl FontStyle {
    /// What the words of a font's name say, such as `ABCDEF+Arial,BoldItalic` or `CMBX10`.
    pub fn from_name(name: &[u8]) -> Self {
        let name = without_subset_tag(name);
        let has = |words: &[&[u8]]| words.iter().any(|word| contains(name, word));
        let tex = |names: &[&[u8]]| {
            names.iter().any(|start| {
                let rest = name.get(start.len()..).unwrap_or_default();
                name.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
                    && !rest.is_empty()
                    && rest.iter().all(u8::is_ascii_digit)
            })
        };
        Self {
            fixed: has(&[b"courier", b"mono", b"consolas", b"typewriter", b"menlo"])
                || tex(&[b"cmtt"]),
            serif: has(&[
                b"times",
                b"serif",
                b"roman",
                b"garamond",
                b"georgia",
                b"palatino",
                b"bookman",
                b"minion",
                b"cambria",
                b"century",
                b"mincho",
                b"song",
                b"courier",
            ]) && !has(&[b"sans"])
                || tex(&[b"cmr", b"cmbx", b"cmti", b"cmsl"]),
            // URW's Times is `NimbusRomNo9L-Medi`, which most papers are set in.
            bold: has(&[b"bold", b"black", b"heavy", b"demi", b"-mediital"])
                || name.ends_with(b"-Medi")
                || tex(&[b"cmbx", b"cmb", b"cmssbx"]),
            italic: has(&[
                b"italic",
                b"oblique",
                b"slanted",
                b"kursiv",
                b"-reguital",
                b"-mediital",
            ]) || tex(&[b"cmti", b"cmmi", b"cmsl", b"cmmib"]),
        }
    }

    /// What the `Flags` of a font descriptor say (ISO 32000-1, table 123).
    pub fn from_flags(flags: u32) -> Self {
        let bit = |number: u32| flags >> (number - 1) & 1 == 1;
        Self { fixed: bit(1), serif: bit(2), bold: bit(19), italic: bit(7) }
    }

    /// All that is said by either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            fixed: self.fixed || other.fixed,
            serif: self.serif || other.serif,
            bold: self.bold || other.bold,
            italic: self.italic || other.italic,
        }
    }
}

/// The name of a font without the six capitals and the plus of a subset (ISO 32000-1, 9.6.4).
pub fn without_subset_tag(name: &[u8]) -> &[u8] {
    match name.split_at_checked(7) {
        Some((tag, rest)) if tag[6] == b'+' && tag[..6].iter().all(u8::is_ascii_uppercase) => rest,
        _ => name,
    }
}

/// Whether the name has the word, in any case.
fn contains(name: &[u8], word: &[u8]) -> bool {
    name.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_how_a_font_looks() {
        let style = |name: &str| FontStyle::from_name(name.as_bytes());
        assert_eq!(
            style("ABCDEF+Arial,BoldItalic"),
            FontStyle { bold: true, italic: true, ..FontStyle::default() }
        );
        assert!(style("ABCDEF+NimbusRomNo9L-Medi").bold && !style("Roboto-Medium").bold);
        assert!(style("CMBX10").bold && style("CMBX10").serif && !style("CMBX10").italic);
        assert!(style("CMTI12").italic && style("CMTT9").fixed);
        assert!(style("DejaVuSansMono-Oblique").fixed && style("DejaVuSansMono-Oblique").italic);
        assert!(
            style("Times-Roman").serif
                && !style("OpenSans-SemiBold").serif
                && style("OpenSans-SemiBold").bold
        );
        assert_eq!(style(""), FontStyle::default());
    }

    #[test]
    fn flags_and_tags() {
        assert_eq!(
            FontStyle::from_flags(1 | 2 | 1 << 6 | 1 << 18),
            FontStyle { fixed: true, serif: true, bold: true, italic: true }
        );
        assert_eq!(without_subset_tag(b"ABCDEF+Arial"), b"Arial");
        assert_eq!(without_subset_tag(b"ABCDE+Arial"), b"ABCDE+Arial");
        assert_eq!(without_subset_tag(b"abcdef+Arial"), b"abcdef+Arial");
        assert_eq!(without_subset_tag(b"ABCDEF+"), b"");
    }
}
