//! Marks that are shown before their letter. Text that runs from right to left is written to the page from left to
//! right, and what shapes it either turns letters with their marks or all glyphs.

use crate::glyphs::{Glyph, Glyphs};

/// How far outside of its letter the origin of a mark may be, in units of the size.
const OUTSIDE: f32 = 0.05;
/// Marks of one letter that are looked at; Arabic has three, Hebrew with cantillation a few more.
const MAX_MARKS: usize = 8;

/// Puts marks behind the letter over which they stand, where that follows them.
pub(crate) fn behind_letters(glyphs: &mut Glyphs) {
    let list = &mut glyphs.list;
    // Where neighbours overlap, a mark stands over both: then what holds for most of the page does for it.
    let mut balance = 0_i32;
    for (start, end) in runs(list) {
        for mark in &list[start..end] {
            match letters(mark, list, start, end) {
                (true, false) => balance -= 1,
                (false, true) => balance += 1,
                _ => {}
            }
        }
    }
    let found: Vec<(usize, usize)> = runs(list).collect();
    for (start, end) in found {
        // Some of them may belong to the letter before.
        let own = list[start..end].iter().rev().take(MAX_MARKS).take_while(|mark| {
            match letters(mark, list, start, end) {
                (before, true) => !before || balance > 0,
                _ => false,
            }
        });
        let own = own.count();
        if own > 0 {
            let first = end - own;
            let space = list[first].flags & (Glyph::AFTER_SPACE | Glyph::AFTER_NARROW_SPACE);
            list[first].flags &= !space;
            list[end].flags |= space;
            list[first..=end].rotate_right(1);
        }
    }
}

/// Where marks begin and end that follow each other.
fn runs(list: &[Glyph]) -> impl Iterator<Item = (usize, usize)> {
    let mut index = 0;
    core::iter::from_fn(move || {
        let start = index + list.get(index..)?.iter().position(|glyph| glyph.is(Glyph::MARK))?;
        let marks = list[start..].iter().take_while(|glyph| glyph.is(Glyph::MARK)).count();
        index = start + marks;
        Some((start, index))
    })
}

/// Whether a mark stands over the letter before it and its neighbours, and over the one behind them.
fn letters(mark: &Glyph, list: &[Glyph], start: usize, end: usize) -> (bool, bool) {
    let over = |letter: Option<&Glyph>| {
        letter.is_some_and(|letter| {
            let slack = OUTSIDE * letter.size;
            letter.is(Glyph::RIGHT_TO_LEFT)
                && letter.direction == mark.direction
                && (letter.y - mark.y).abs() < letter.size
                && (letter.x - slack..=letter.end() + slack).contains(&mark.x)
        })
    };
    (over(start.checked_sub(1).and_then(|at| list.get(at))), over(list.get(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Capitals are letters of width 10, `'` a mark; each with where it starts.
    fn order(shown: &[(char, f32, u8)]) -> (String, Vec<u8>) {
        let mut glyphs = Glyphs::default();
        for (char, x, flags) in shown {
            let mark = *char == '\'';
            glyphs.list.push(Glyph {
                x: *x,
                y: 0.0,
                advance: if mark { 0.0 } else { 10.0 },
                size: 12.0,
                text: glyphs.text.len() as u32,
                length: 1,
                font: 0,
                direction: 0,
                flags: flags | Glyph::RIGHT_TO_LEFT | if mark { Glyph::MARK } else { 0 },
            });
            glyphs.text.push(*char);
        }
        behind_letters(&mut glyphs);
        let text = glyphs.list.iter().map(|glyph| glyphs.text(glyph)).collect();
        (text, glyphs.list.iter().map(|glyph| glyph.flags & Glyph::AFTER_SPACE).collect())
    }

    #[test]
    fn before_their_letter() {
        assert_eq!(order(&[('\'', 4.0, 0), ('A', 0.0, 0), ('B', 10.0, 0)]).0, "A'B");
        assert_eq!(
            order(&[('A', 0.0, 0), ('\'', 15.0, 0), ('\'', 14.0, 0), ('B', 10.0, 0)]).0,
            "AB''"
        );
        // The space stays before the letter.
        let (text, spaces) = order(&[('A', 0.0, 0), ('\'', 25.0, 1), ('B', 20.0, 0)]);
        assert_eq!((text.as_str(), spaces), ("AB'", vec![0, 1, 0]));
    }

    #[test]
    fn behind_their_letter() {
        assert_eq!(order(&[('A', 0.0, 0), ('\'', 4.0, 0), ('B', 10.0, 0)]).0, "A'B");
        assert_eq!(
            order(&[('A', 0.0, 0), ('\'', 4.0, 0), ('\'', 15.0, 0), ('B', 10.0, 0)]).0,
            "A'B'"
        );
        assert_eq!(order(&[('A', 0.0, 0), ('\'', 4.0, 0)]).0, "A'");
    }

    #[test]
    fn over_two_letters() {
        let both = [('A', 0.0, 0), ('\'', 8.0, 0), ('B', 7.0, 0)];
        let after = [('\'', 24.0, 0), ('C', 20.0, 0)];
        assert_eq!(order(&both).0, "A'B");
        assert_eq!(order(&[&both[..], &after[..]].concat()).0, "AB'C'");
    }
}
