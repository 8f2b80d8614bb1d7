//! Options cross the boundary as a row of numbers, one cell per option in the order of declaration; `NaN` means "not
//! given". Bytes and text put their length into the cell and their contents, one after another, into the row's blob.
//! `serde_json` or `serde-wasm-bindgen` would cost 23-34 KB brotli in every module, the row costs 1 KB.

use crate::{Cells, Code, Error};

/// The options of one call as they crossed the boundary.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// One number per option, NaN where it was not given. Missing cells at the end count as not given.
    pub cells: Cells<'a>,
    /// The contents of the options that are bytes or text, one after another.
    pub blob: &'a [u8],
}

/// What an option is, with its default, range and unit. `xtask codegen` writes TypeScript from it.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A whole number.
    Integer {
        /// Value when not given.
        default: i64,
        /// Smallest value accepted.
        min: i64,
        /// Largest value accepted.
        max: i64,
        /// Unit, for the documentation.
        unit: &'static str,
    },
    /// A number, whole or not.
    Number {
        /// Value when not given.
        default: f64,
        /// Smallest value accepted.
        min: f64,
        /// Largest value accepted.
        max: f64,
        /// Unit, for the documentation.
        unit: &'static str,
    },
    /// A whole number of 64 bits without a sign; crosses as eight bytes. 0 when not given.
    Wide,
    /// A list of whole numbers; crosses as four little-endian bytes each. Empty when not given.
    Integers {
        /// Smallest value accepted.
        min: u32,
        /// Largest value accepted.
        max: u32,
        /// Longest list accepted.
        count: usize,
        /// Unit, for the documentation.
        unit: &'static str,
    },
    /// A colour with alpha, 0xRRGGBBAA; JavaScript writes it in several ways.
    Colour {
        /// Value when not given.
        default: u32,
    },
    /// True or false.
    Boolean {
        /// Value when not given.
        default: bool,
    },
    /// One name of a list; crosses as its position.
    Choice {
        /// Position of the default.
        default: usize,
        /// The names, in order.
        names: &'static [&'static str],
    },
    /// Bytes; none when not given.
    Bytes {
        /// Fewest bytes accepted.
        min: usize,
        /// Most bytes accepted.
        max: usize,
    },
    /// Text as UTF-8, which is for the operation to look at where it matters; none when not given.
    Text {
        /// Most bytes accepted.
        max: usize,
    },
}

/// One declared option.
#[derive(Clone, Copy, Debug)]
pub struct OptionSpec {
    /// Name in Rust's spelling; JavaScript's is the same in camelCase.
    pub name: &'static str,
    /// Documentation.
    pub doc: &'static str,
    /// Type, default, range.
    pub kind: Kind,
}

/// Reads a row cell by cell, in the order of declaration. A call each, and one look for a fault at the end: written out
/// for each option, the reading alone was a tenth of a small module.
pub(crate) struct Reader<'a> {
    row: Row<'a>,
    cell: usize,
    blob_at: usize,
    /// The first option that cannot be had, and why.
    fault: Option<(&'static str, &'static str)>,
}

#[allow(dead_code, reason = "not every build has options of every kind")]
impl<'a> Reader<'a> {
    pub(crate) fn new(row: Row<'a>) -> Self {
        Self { row, cell: 0, blob_at: 0, fault: None }
    }

    /// What was read, unless there was a fault.
    pub(crate) fn finish<T>(self, options: T) -> Result<T, Error> {
        match self.fault {
            None => Ok(options),
            Some((name, what)) => Err(invalid(name, what)),
        }
    }

    fn next(&mut self) -> Option<f64> {
        let value = self.row.cells.get(self.cell).filter(|value| !value.is_nan());
        self.cell += 1;
        value
    }

    fn fail(&mut self, name: &'static str, what: &'static str) {
        self.fault.get_or_insert((name, what));
    }

    #[expect(clippy::cast_precision_loss, reason = "ranges stay within 2^53")]
    #[expect(
        clippy::float_cmp,
        reason = "a whole number is the same as itself without its fraction"
    )]
    #[inline(never)]
    pub(crate) fn integer(&mut self, name: &'static str, default: i64, min: i64, max: i64) -> i64 {
        let Some(value) = self.next() else { return default };
        if value >= min as f64 && value <= max as f64 && value == value as i64 as f64 {
            return value as i64;
        }
        self.fail(name, "is not a whole number within its range");
        default
    }

    #[inline(never)]
    pub(crate) fn number(&mut self, name: &'static str, default: f64, min: f64, max: f64) -> f64 {
        let Some(value) = self.next() else { return default };
        if value >= min && value <= max {
            return value;
        }
        self.fail(name, "is not a number within its range");
        default
    }

    #[expect(clippy::cast_sign_loss, reason = "the range starts at 0")]
    pub(crate) fn colour(&mut self, name: &'static str, default: u32) -> [u8; 4] {
        let value = self.integer(name, i64::from(default), 0, i64::from(u32::MAX));
        (value as u32).to_be_bytes()
    }

    /// Each of the list lies within the range, or the option is at fault.
    #[inline(never)]
    pub(crate) fn integers(
        &mut self,
        name: &'static str,
        min: u32,
        max: u32,
        count: usize,
    ) -> &'a [[u8; 4]] {
        let bytes = self.bytes(name, 0, 4 * count).unwrap_or_default();
        let (list, rest) = bytes.as_chunks();
        let fits = |value: &[u8; 4]| (min..=max).contains(&u32::from_le_bytes(*value));
        if !rest.is_empty() || !list.iter().all(fits) {
            self.fail(name, "has a number outside its range");
        }
        list
    }

    pub(crate) fn boolean(&mut self, name: &'static str, default: bool) -> bool {
        self.integer(name, i64::from(default), 0, 1) == 1
    }

    #[expect(clippy::cast_possible_wrap, reason = "lists of names are short")]
    #[expect(clippy::cast_sign_loss, reason = "the range starts at 0")]
    pub(crate) fn choice(&mut self, name: &'static str, default: usize, count: usize) -> usize {
        self.integer(name, default as i64, 0, count as i64 - 1) as usize
    }

    #[expect(clippy::cast_sign_loss, reason = "the range starts at 0")]
    #[inline(never)]
    pub(crate) fn bytes(&mut self, name: &'static str, min: usize, max: usize) -> Option<&'a [u8]> {
        let length = self.next()? as usize;
        let end = self.blob_at.saturating_add(length);
        match self.row.blob.get(self.blob_at..end) {
            Some(bytes) if (min..=max).contains(&length) => {
                self.blob_at = end;
                Some(bytes)
            }
            _ => {
                self.fail(name, "has a length outside its range");
                None
            }
        }
    }

    pub(crate) fn wide(&mut self, name: &'static str) -> u64 {
        let bytes = self.bytes(name, 8, 8).unwrap_or(&[0; 8]);
        bytes.try_into().map_or(0, u64::from_le_bytes)
    }

    pub(crate) fn text(&mut self, name: &'static str, max: usize) -> Option<&'a [u8]> {
        self.bytes(name, 0, max)
    }
}

/// An option of text as such. Not part of the reader: to hashes text is bytes, and the check is 400 bytes of a module.
#[allow(dead_code, reason = "not every build has an operation that needs it")]
pub(crate) fn text<'a>(name: &str, bytes: Option<&'a [u8]>) -> Result<Option<&'a str>, Error> {
    let text = bytes.map(core::str::from_utf8).transpose();
    text.map_err(|_| invalid(name, "is not UTF-8"))
}

fn invalid(name: &str, what: &str) -> Error {
    Error::new(Code::InvalidArgument, ["option ", name, " ", what].concat())
}

/// Declares the options of an operation: struct, reader and table in one place.
///
/// ```text
/// options! {
///     /// Options of `zstd.decompress`.
///     pub struct DecompressOptions {
///         /// Largest output accepted.
///         max_output_bytes: integer(default = 1024, min = 0, max = 4096, unit = "bytes"),
///         /// Key of the keyed mode.
///         key: bytes(min = 32, max = 32),
///         /// Name space.
///         context: text(max = 4096),
///         /// Start of the sum.
///         seed: wide(),
///         /// Standard deviation.
///         sigma: number(default = 1.0, min = 0.3, max = 1000.0, unit = "pixels"),
///         /// Widths, smallest first.
///         widths: integers(min = 1, max = 16383, count = 64, unit = "pixels"),
///         /// What shows behind.
///         background: colour(default = 0xff),
///         /// Compare the stored checksum.
///         verify: boolean(default = true),
///         /// Format of the result.
///         format: choice(default = 0, names = ["jpeg", "png"]),
///     }
/// }
/// ```
macro_rules! options {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[doc = $doc:literal])+ $field:ident: $kind:ident($($key:ident = $value:expr),*)),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'a> {
            $($(#[doc = $doc])+ pub $field: options!(@type $kind),)*
            lifetime: core::marker::PhantomData<&'a ()>,
        }

        impl<'a> $name<'a> {
            /// The declared options, in the order of the row's cells.
            pub const SPECS: &'static [$crate::OptionSpec] = &[$($crate::OptionSpec {
                name: stringify!($field),
                doc: concat!($($doc, "\n"),+),
                kind: options!(@spec $kind($($key = $value),*)),
            }),*];

            /// Reads and checks a row.
            ///
            /// # Errors
            /// `ERR_INVALID_ARGUMENT`, naming the option that lies outside its range.
            #[inline]
            pub fn read(row: $crate::Row<'a>) -> Result<Self, $crate::Error> {
                if row.cells.is_empty() {
                    return Ok(Self {
                        $($field: options!(@default $kind($($key = $value),*)),)*
                        lifetime: core::marker::PhantomData,
                    });
                }
                Self::given(row)
            }

            #[inline(never)]
            fn given(row: $crate::Row<'a>) -> Result<Self, $crate::Error> {
                let mut reader = $crate::options::Reader::new(row);
                let options = Self::take(&mut reader);
                reader.finish(options)
            }

            /// Reads the cells; the reader knows of faults.
            #[allow(unused_variables, reason = "an operation may have no options")]
            pub(crate) fn take(reader: &mut $crate::options::Reader<'a>) -> Self {
                Self {
                    $($field: options!(@read reader, stringify!($field), $kind($($key = $value),*)),)*
                    lifetime: core::marker::PhantomData,
                }
            }
        }
    };
    (@type integer) => { i64 };
    (@type number) => { f64 };
    (@type wide) => { u64 };
    (@type integers) => { &'a [[u8; 4]] };
    (@type colour) => { [u8; 4] };
    (@type boolean) => { bool };
    (@type choice) => { usize };
    (@type bytes) => { Option<&'a [u8]> };
    (@type text) => { Option<&'a [u8]> };

    (@spec integer(default = $default:expr, min = $min:expr, max = $max:expr, unit = $unit:expr)) => {
        $crate::Kind::Integer { default: $default, min: $min, max: $max, unit: $unit }
    };
    (@spec number(default = $default:expr, min = $min:expr, max = $max:expr, unit = $unit:expr)) => {
        $crate::Kind::Number { default: $default, min: $min, max: $max, unit: $unit }
    };
    (@spec integers(min = $min:expr, max = $max:expr, count = $count:expr, unit = $unit:expr)) => {
        $crate::Kind::Integers { min: $min, max: $max, count: $count, unit: $unit }
    };
    (@spec colour(default = $default:expr)) => { $crate::Kind::Colour { default: $default } };
    (@spec wide()) => { $crate::Kind::Wide };
    (@spec boolean(default = $default:expr)) => { $crate::Kind::Boolean { default: $default } };
    (@spec choice(default = $default:expr, names = $names:expr)) => {
        $crate::Kind::Choice { default: $default, names: &$names }
    };
    (@spec bytes(min = $min:expr, max = $max:expr)) => { $crate::Kind::Bytes { min: $min, max: $max } };
    (@spec text(max = $max:expr)) => { $crate::Kind::Text { max: $max } };

    (@default integer(default = $default:expr, min = $min:expr, max = $max:expr, unit = $unit:expr)) => { $default };
    (@default number(default = $default:expr, min = $min:expr, max = $max:expr, unit = $unit:expr)) => { $default };
    (@default integers(min = $min:expr, max = $max:expr, count = $count:expr, unit = $unit:expr)) => { &[] };
    (@default colour(default = $default:expr)) => { u32::to_be_bytes($default) };
    (@default wide()) => { 0 };
    (@default boolean(default = $default:expr)) => { $default };
    (@default choice(default = $default:expr, names = $names:expr)) => { $default };
    (@default bytes(min = $min:expr, max = $max:expr)) => { None };
    (@default text(max = $max:expr)) => { None };

    (@read $r:ident, $n:expr, integer(default = $default:expr, min = $min:expr, max = $max:expr, unit = $unit:expr)) => {
        $r.integer($n, $default, $min, $max)
    };
    (@read $r:ident, $n:expr, number(default = $default:expr, min = $min:expr, max = $max:expr, unit = $unit:expr)) => {
        $r.number($n, $default, $min, $max)
    };
    (@read $r:ident, $n:expr, integers(min = $min:expr, max = $max:expr, count = $count:expr, unit = $unit:expr)) => {
        $r.integers($n, $min, $max, $count)
    };
    (@read $r:ident, $n:expr, colour(default = $default:expr)) => { $r.colour($n, $default) };
    (@read $r:ident, $n:expr, wide()) => { $r.wide($n) };
    (@read $r:ident, $n:expr, boolean(default = $default:expr)) => { $r.boolean($n, $default) };
    (@read $r:ident, $n:expr, choice(default = $default:expr, names = $names:expr)) => {
        $r.choice($n, $default, $names.len())
    };
    (@read $r:ident, $n:expr, bytes(min = $min:expr, max = $max:expr)) => { $r.bytes($n, $min, $max) };
    (@read $r:ident, $n:expr, text(max = $max:expr)) => { $r.text($n, $max) };
}
pub(crate) use options;

#[cfg(test)]
#[allow(dead_code, unreachable_pub, reason = "the macro declares for modules that export")]
mod tests {
    use super::*;

    options! {
        /// Options for the tests below.
        pub struct Sample {
            /// A level.
            level: integer(default = 3, min = -7, max = 22, unit = "level"),
            /// A key.
            key: bytes(min = 2, max = 4),
            /// A name.
            name: text(max = 8),
            /// A flag.
            flag: boolean(default = true),
            /// A format.
            format: choice(default = 1, names = ["jpeg", "png"]),
            /// A seed.
            seed: wide(),
            /// A deviation.
            sigma: number(default = 1.5, min = 0.3, max = 9.0, unit = "pixels"),
            /// Widths.
            widths: integers(min = 1, max = 99, count = 2, unit = "pixels"),
            /// A colour.
            background: colour(default = 0x0102_03ff),
        }
    }

    fn read<'a>(cells: &'a [f64], blob: &'a [u8]) -> Result<Sample<'a>, Error> {
        Sample::read(Row { cells: Cells::Values(cells), blob })
    }

    #[test]
    fn absent_cells_take_their_defaults() {
        for cells in [&[][..], &[f64::NAN; 9][..]] {
            let options = read(cells, &[]).unwrap();
            assert_eq!(options.seed, 0);
            assert_eq!((options.level, options.flag, options.format), (3, true, 1));
            assert_eq!((options.key, options.name), (None, None));
            assert_eq!(options.sigma.to_bits(), 1.5_f64.to_bits());
            assert!(options.widths.is_empty());
            assert_eq!(options.background, [1, 2, 3, 255]);
        }
    }

    #[test]
    fn contents_come_from_the_blob_in_order() {
        let options = read(&[-7.0, 3.0, 2.0, 0.0, 0.0, 8.0], b"keyhi\x01\0\0\0\0\0\0\x80").unwrap();
        assert_eq!(options.seed, (1 << 63) + 1);
        assert_eq!((options.level, options.flag, options.format), (-7, false, 0));
        assert_eq!((options.key, options.name), (Some(&b"key"[..]), Some(&b"hi"[..])));
        let nan = f64::NAN;
        let cells = [nan, nan, nan, nan, nan, nan, 0.3, 8.0, 4_278_190_080.0];
        let options = read(&cells, b"\x01\0\0\0\x63\0\0\0").unwrap();
        assert_eq!(options.sigma.to_bits(), 0.3_f64.to_bits());
        assert_eq!(options.widths, [[1, 0, 0, 0], [99, 0, 0, 0]]);
        assert_eq!(options.background, [255, 0, 0, 0]);
    }

    #[test]
    fn text_that_is_none_names_the_option() {
        assert_eq!(text("name", None), Ok(None));
        assert_eq!(text("name", Some(b"hi")), Ok(Some("hi")));
        assert!(text("name", Some(b"\xff")).unwrap_err().message.contains("name"));
    }

    #[test]
    fn each_value_outside_its_range_names_the_option() {
        let nan = f64::NAN;
        for (cells, blob, name) in [
            (&[23.0][..], &b""[..], "level"),
            (&[0.5], b"", "level"),
            (&[f64::INFINITY], b"", "level"),
            (&[nan, 1.0], b"k", "key"),
            (&[nan, 3.0], b"k", "key"),
            (&[nan, -1.0], b"k", "key"),
            (&[nan, nan, 9.0], b"ninebytes", "name"),
            (&[nan, nan, nan, 2.0], b"", "flag"),
            (&[nan, nan, nan, nan, 2.0], b"", "format"),
            (&[nan, nan, nan, nan, nan, 7.0], b"sevenby", "seed"),
            (&[nan, nan, nan, nan, nan, nan, 0.29], b"", "sigma"),
            (&[nan, nan, nan, nan, nan, nan, f64::INFINITY], b"", "sigma"),
            (&[nan, nan, nan, nan, nan, nan, nan, 4.0], b"\0\0\0\0", "widths"),
            (&[nan, nan, nan, nan, nan, nan, nan, 5.0], b"\x01\0\0\0\0", "widths"),
            (&[nan, nan, nan, nan, nan, nan, nan, 12.0], &[1; 12], "widths"),
            (&[nan, nan, nan, nan, nan, nan, nan, nan, -1.0], b"", "background"),
        ] {
            let error = read(cells, blob).unwrap_err();
            assert_eq!(error.code, Code::InvalidArgument);
            assert!(error.message.contains(name), "{} should name {name}", error.message);
        }
    }
}
