//! From the order on the page to the order of reading, in lines with Arabic or Hebrew (UAX 9, backwards).
//!
//! What is seen does not say in which order it was written in every case; where it leaves a choice, this takes the
//! simpler text.

use crate::glyphs::Glyph;

/// A glyph or a space of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Item {
    Space,
    /// With its number on the page.
    Glyph(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Left,
    Right,
    Digit,
    /// What stands within numbers.
    Separator,
    Neutral,
}

/// The class of a glyph by its flags and text.
pub(crate) fn class(glyph: &Glyph, text: &str) -> Class {
    if glyph.is(Glyph::RIGHT_TO_LEFT) {
        Class::Right
    } else if glyph.is(Glyph::LEFT_TO_RIGHT) {
        Class::Left
    } else if glyph.is(Glyph::DIGIT) {
        Class::Digit
    } else if matches!(text, "." | "," | ":" | "/" | "-" | "%") {
        Class::Separator
    } else {
        Class::Neutral
    }
}

/// How many letters of the other direction outweigh one of the page's.
const OUTWEIGHS: usize = 3;

/// Whether a line is read from right to left on the whole: as its page is, unless it has next to nothing of that.
pub(crate) fn is_right_to_left(classes: &[Class], page: bool) -> bool {
    let count = |wanted| classes.iter().filter(|class| **class == wanted).count();
    let (left, right) = (count(Class::Left), count(Class::Right));
    if page { left <= OUTWEIGHS * right } else { right > OUTWEIGHS * left }
}

/// Levels as in UAX 9: odd ones run from right to left.
pub(crate) fn levels(classes: &[Class], right_to_left: bool) -> Vec<u8> {
    let base = u8::from(right_to_left);
    let mut levels = vec![base; classes.len()];
    let strong = |class: &Class| !matches!(class, Class::Neutral | Class::Separator);
    let mut before: Option<Class> = None;
    let mut index = 0;
    while index < classes.len() {
        let class = classes[index];
        if strong(&class) {
            levels[index] = match class {
                Class::Right => 1,
                _ if right_to_left => 2,
                _ => 0,
            };
            before = Some(class);
            index += 1;
            continue;
        }
        let end = classes[index..].iter().position(strong).map_or(classes.len(), |at| index + at);
        let after = classes.get(end).copied();
        let between = match (before, after) {
            (Some(Class::Right), Some(Class::Right)) => 1,
            (Some(Class::Digit), Some(Class::Digit)) => {
                let number = end - index == 1 && class == Class::Separator;
                if number && right_to_left { 2 } else { base }
            }
            (Some(Class::Left), Some(Class::Left | Class::Digit))
            | (Some(Class::Digit), Some(Class::Left))
                if right_to_left =>
            {
                2
            }
            _ => base,
        };
        levels[index..end].fill(between);
        index = end;
    }
    if !right_to_left {
        inner_numbers(classes, &mut levels);
    }
    levels
}

/// Numbers between right-to-left text on both sides belong to it.
fn inner_numbers(classes: &[Class], levels: &mut [u8]) {
    let mut last_right = None;
    for index in 0..classes.len() {
        match classes[index] {
            Class::Right => {
                if let Some(from) = last_right {
                    for at in from + 1..index {
                        levels[at] = if classes[at] == Class::Digit { 2 } else { 1 };
                    }
                    // Separators stay with their digits.
                    for at in from + 2..index.saturating_sub(1) {
                        if classes[at] == Class::Separator
                            && levels[at - 1] == 2
                            && classes[at + 1] == Class::Digit
                        {
                            levels[at] = 2;
                        }
                    }
                }
                last_right = Some(index);
            }
            Class::Left => last_right = None,
            _ => {}
        }
    }
}

/// Turns runs from the highest level down, as rule L2 does in the other direction; marks stay behind their letters.
pub(crate) fn reorder(items: &mut [Item], levels: &mut [u8], is_mark: impl Fn(Item) -> bool) {
    for level in [2, 1] {
        let mut start = 0;
        while start < items.len() {
            if levels[start] < level {
                start += 1;
                continue;
            }
            let length = levels[start..].iter().position(|it| *it < level);
            let end = length.map_or(items.len(), |length| start + length);
            items[start..end].reverse();
            levels[start..end].reverse();
            start = end;
        }
    }
    // Marks stood behind their letter, and now stand before it where that was turned once.
    let mut index = 0;
    while index < items.len() {
        let marks = items[index..].iter().take_while(|item| is_mark(**item)).count();
        let turned = marks > 0 && levels[index] % 2 == 1 && index + marks < items.len();
        if turned {
            items[index..=index + marks].reverse();
        }
        index += marks + 1;
    }
}

/// Whether brackets are given as they look and not as they are written: the first one that is read closes. Files have
/// both.
pub(crate) fn are_mirrored<'t>(mut texts: impl Iterator<Item = &'t str>) -> bool {
    let first = texts.find(|text| mirrored(text).is_some());
    first.is_some_and(|text| matches!(text, ")" | "]" | "}" | ">" | "\u{bb}"))
}

/// The other one of a pair of brackets.
pub(crate) fn mirrored(text: &str) -> Option<&'static str> {
    Some(match text {
        "(" => ")",
        ")" => "(",
        "[" => "]",
        "]" => "[",
        "{" => "}",
        "}" => "{",
        "<" => ">",
        ">" => "<",
        "\u{ab}" => "\u{bb}",
        "\u{bb}" => "\u{ab}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Capitals run from right to left, small letters from left to right; `'` is a mark.
    fn logical(seen: &str, right_to_left: bool) -> String {
        let chars: Vec<char> = seen.chars().collect();
        let classes: Vec<Class> = chars
            .iter()
            .map(|char| match char {
                'A'..='Z' | '\'' => Class::Right,
                'a'..='z' => Class::Left,
                '0'..='9' => Class::Digit,
                '.' | '-' | ':' => Class::Separator,
                _ => Class::Neutral,
            })
            .collect();
        let mut items: Vec<Item> = (0..chars.len() as u32).map(Item::Glyph).collect();
        let mut levels = levels(&classes, right_to_left);
        let char = |item: Item| match item {
            Item::Glyph(index) => chars[index as usize],
            Item::Space => ' ',
        };
        reorder(&mut items, &mut levels, |item| char(item) == '\'');
        items.into_iter().map(char).collect()
    }

    #[test]
    fn lines_from_right_to_left() {
        assert_eq!(logical("FED CBA", true), "ABC DEF");
        assert_eq!(logical("FED 12.5 CBA", true), "ABC 12.5 DEF");
        assert_eq!(logical("FED abc def CBA", true), "ABC abc def DEF");
        assert_eq!(logical(".CBA", true), "ABC.");
        assert_eq!(logical("12 34 A", true), "A 34 12");
        assert_eq!(logical("B'A", true), "AB'");
    }

    #[test]
    fn lines_from_left_to_right() {
        assert_eq!(logical("abc FED CBA def", false), "abc ABC DEF def");
        assert_eq!(logical("abc D 12 A def", false), "abc A 12 D def");
        assert_eq!(logical("abc 12 FED.", false), "abc 12 DEF.");
        assert_eq!(logical("plain (text) 1.5", false), "plain (text) 1.5");
    }

    #[test]
    fn the_page_decides_unless_outweighed() {
        use Class::{Left, Neutral, Right};
        let line = [Left, Right, Neutral, Right];
        assert!(is_right_to_left(&line, true) && !is_right_to_left(&line, false));
        assert!(is_right_to_left(&[Left, Left, Right], true));
        assert!(!is_right_to_left(&[Left, Left, Left, Left, Right], true));
        assert!(is_right_to_left(&[Right, Right, Right, Right, Left], false));
        assert!(is_right_to_left(&[Right], false) && !is_right_to_left(&[Left], true));
    }

    #[test]
    fn brackets_as_they_look_or_as_they_are_written() {
        assert!(are_mirrored([")", "a", "("].into_iter()));
        assert!(!are_mirrored(["a", "(", "a", ")"].into_iter()));
        assert!(!are_mirrored(["a"].into_iter()));
    }
}
