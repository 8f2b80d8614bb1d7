//! Messages of errors.

use alloc::string::String;
use core::fmt;

/// A sentence with up to three numbers and a word in it.
///
/// `#` in the template stands for the next number, `@` for the word.
///
/// ```
/// use bytemill_base::Message;
///
/// let message = Message::new("byte # is not @").numbers([7, 0, 0]).word("a digit");
/// assert_eq!(message.to_text(), "byte 7 is not a digit");
/// assert_eq!(message.to_string(), message.to_text());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    template: &'static str,
    numbers: [u64; 3],
    word: &'static str,
}

impl Message {
    /// A sentence without anything in it.
    pub const fn new(template: &'static str) -> Self {
        Self { template, numbers: [0; 3], word: "" }
    }

    /// The same sentence with its numbers, in their order.
    #[must_use]
    pub const fn numbers(self, numbers: [u64; 3]) -> Self {
        Self { numbers, ..self }
    }

    /// The same sentence with its word.
    #[must_use]
    pub const fn word(self, word: &'static str) -> Self {
        Self { word, ..self }
    }

    /// The sentence.
    #[inline(never)]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut numbers = self.numbers.iter();
        for char in self.template.chars() {
            match char {
                '#' => {
                    let number = numbers.next().copied().unwrap_or_default();
                    decimal(number, &mut |digit| text.push(char::from(digit)));
                }
                '@' => text.push_str(self.word),
                _ => text.push(char),
            }
        }
        text
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

/// Gives a number's decimal digits, one by one.
pub fn decimal(number: u64, take: &mut dyn FnMut(u8)) {
    let mut digits = [0; 20];
    let mut left = number;
    let mut count = 0;
    for digit in &mut digits {
        *digit = b'0' + (left % 10) as u8;
        left /= 10;
        count += 1;
        if left == 0 {
            break;
        }
    }
    digits.iter().take(count).rev().for_each(|digit| take(*digit));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_standard_library() {
        for number in [0, 1, 9, 10, 99, 100, u64::from(u32::MAX), u64::MAX] {
            let mut digits = String::new();
            decimal(number, &mut |digit| digits.push(char::from(digit)));
            assert_eq!(digits, alloc::format!("{number}"));
        }
    }

    #[test]
    fn marks_are_filled_in_their_order() {
        let message = Message::new("#: # of # @").numbers([1, 2, 3]).word("whole");
        assert_eq!(message.to_text(), "1: 2 of 3 whole");
        assert_eq!(Message::new("").to_text(), "");
        assert_eq!(Message::new("2 µs.").to_text(), "2 µs.");
        assert_eq!(Message::new("#").to_text(), "0");
    }
}
