//! One flat enum, and the place that it names.

use core::fmt;

/// What an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is: `text`, `image`, `outline entry`.
    pub kind: &'static str,
    /// The page it stands on, counted from 0; nothing for what stands on none.
    pub page: Option<u32>,
    /// Its number among the page's items, or among those of its kind, counted from 0.
    pub number: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.page {
            Some(page) => write!(f, "{} (item {} of page {page})", self.kind, self.number),
            None => write!(f, "{} {}", self.kind, self.number),
        }
    }
}

/// Why a document could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreateError {
    /// The description ends within something.
    Truncated {
        /// In what.
        place: Place,
    },
    /// Something in the description is not what it has to be.
    Invalid {
        /// What.
        place: Place,
        /// What was expected.
        expected: &'static str,
    },
    /// Something refers to a font, an image or a page that does not exist.
    Reference {
        /// What refers.
        place: Place,
        /// What it refers to: `font`, `image`, `page`.
        to: &'static str,
        /// The number that it gives, counted from 0.
        number: u32,
        /// How many there are.
        count: u32,
    },
    /// A text has a character that its font does not have, and no replacement is given.
    Character {
        /// The text.
        place: Place,
        /// The character.
        character: char,
        /// The number of the font, counted from 0.
        font: u32,
    },
    /// A font is damaged or is none.
    Font {
        /// The number of the font, counted from 0.
        font: u32,
        /// What was expected.
        expected: &'static str,
    },
    /// An image is damaged, of a format that is not supported, or uses a part of it that is not.
    Image {
        /// The number of the image, counted from 0.
        image: u32,
        /// What was expected.
        expected: &'static str,
    },
    /// An image has more pixels than the limits allow.
    TooManyPixels {
        /// The number of the image, counted from 0.
        image: u32,
        /// Width times height.
        pixels: u64,
        /// The limit.
        limit: u64,
    },
    /// There are more pages than the limits allow.
    TooManyPages {
        /// The limit.
        limit: u32,
    },
    /// There are more items, or fonts, images, outline entries, attachments, than the limits allow.
    TooManyItems {
        /// The limit.
        limit: u32,
    },
    /// The file, or a page of it before compression, would be larger than the limits allow.
    OutputTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
}

impl fmt::Display for CreateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated { place } => write!(f, "description of a PDF ends within {place}"),
            Self::Invalid { place, expected } => write!(f, "{place}: expected {expected}"),
            Self::Reference { place, to, number, count } => {
                write!(f, "{place}: expected a {to} below {count}, got {number}")
            }
            Self::Character { place, character, font } => write!(
                f,
                "{place}: expected characters of font {font}, got {character} (U+{:04X})",
                u32::from(character)
            ),
            Self::Font { font, expected } => write!(f, "font {font}: expected {expected}"),
            Self::Image { image, expected } => write!(f, "image {image}: expected {expected}"),
            Self::TooManyPixels { image, pixels, limit } => {
                write!(f, "image {image} of {pixels} pixels is over the limit of {limit}")
            }
            Self::TooManyPages { limit } => {
                write!(f, "expected a PDF of at most {limit} pages, got more")
            }
            Self::TooManyItems { limit } => {
                write!(f, "expected a PDF of at most {limit} items, got more")
            }
            Self::OutputTooLarge { limit } => write!(f, "PDF is over the limit of {limit} bytes"),
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of a PDF"),
        }
    }
}

impl core::error::Error for CreateError {}

/// Makes room for more elements.
pub(crate) fn reserve<T>(list: &mut Vec<T>, more: usize) -> Result<(), CreateError> {
    list.try_reserve(more)
        .map_err(|_| CreateError::OutOfMemory { bytes: more.saturating_mul(size_of::<T>()) })
}

/// Appends an element.
pub(crate) fn push<T>(list: &mut Vec<T>, element: T) -> Result<(), CreateError> {
    reserve(list, 1)?;
    list.push(element);
    Ok(())
}
