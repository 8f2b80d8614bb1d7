//! Dictionaries of zstd, read once for many calls.

use alloc::sync::Arc;
use alloc::vec::Vec;

use bytemill_base::local;
use bytemill_zstd::Dictionary;

use crate::{Code, Error};

/// How many dictionaries are kept, and most bytes of all, unless one alone has more.
const KEEP: usize = 4;
const KEEP_BYTES: usize = 8 << 20;

/// What was read, and the bytes that it was read from.
type Known = (Vec<u8>, Arc<Dictionary>);

local! {
    /// The dictionaries of the calls before, the last used first.
    static KNOWN: Vec<Known> = Vec::new();
}

/// Options, and the dictionary that they name: both are read once for a whole batch.
#[derive(Debug)]
pub struct WithDictionary<O> {
    pub(super) options: O,
    pub(super) dictionary: Option<Arc<Dictionary>>,
}

impl<O> WithDictionary<O> {
    pub(super) fn new(options: O, bytes: Option<&[u8]>) -> Result<Self, Error> {
        Ok(Self { options, dictionary: bytes.map(dictionary).transpose()? })
    }
}

/// The dictionary in these bytes. It is the same one for the same bytes, by which encoders know what they have prepared
/// for it; reading it again and again would cost more than small messages do.
fn dictionary(bytes: &[u8]) -> Result<Arc<Dictionary>, Error> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(at) = known.iter().position(|(from, _)| equal(from, bytes)) {
            known[..=at].rotate_right(1);
            return Ok(known[0].1.clone());
        }
        let dictionary = Dictionary::parse(bytes).map_err(|error| {
            Error::new(Code::InvalidArgument, ["dictionary: ", &error.message().to_text()].concat())
        })?;
        let dictionary = Arc::new(dictionary);
        known.truncate(KEEP - 1);
        known.insert(0, (bytes.to_vec(), dictionary.clone()));
        let mut sum = 0;
        let within = |(from, _): &Known| {
            sum += from.len();
            sum <= KEEP_BYTES
        };
        let keep = known.iter().map(within).take_while(|&within| within).count();
        known.truncate(keep.max(1));
        Ok(dictionary)
    })
}

/// Whether both are the same bytes. In wasm the compiler's own comparison goes byte by byte, which for 100 KiB takes longer
/// than ten messages.
fn equal(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (blocks, rest) = one.as_chunks::<64>();
    let (other_blocks, other_rest) = other.as_chunks::<64>();
    let differ = |one: &[u8; 64], other: &[u8; 64]| {
        one.iter().zip(other).fold(0, |all, (one, other)| all | (one ^ other)) != 0
    };
    rest == other_rest && !blocks.iter().zip(other_blocks).any(|(one, other)| differ(one, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_are_the_same_dictionary() {
        for length in [1, 63, 64, 65, 1000] {
            let bytes = vec![b'd'; length];
            let first = dictionary(&bytes).unwrap();
            assert!(Arc::ptr_eq(&first, &dictionary(&bytes).unwrap()));
            for at in [0, length / 2, length - 1] {
                let mut other = bytes.clone();
                other[at] ^= 1;
                assert!(!Arc::ptr_eq(&first, &dictionary(&other).unwrap()), "{length}, {at}");
                assert!(Arc::ptr_eq(&first, &dictionary(&bytes).unwrap()));
            }
        }
    }

    #[test]
    fn what_is_kept_is_bounded() {
        for number in 0..20_u8 {
            dictionary(&vec![number; 3 << 20]).unwrap();
            KNOWN.with_borrow(|known| {
                assert!(known.len() <= KEEP);
                assert!(known.iter().map(|(from, _)| from.len()).sum::<usize>() <= KEEP_BYTES);
            });
        }
        dictionary(&vec![0; KEEP_BYTES + 1]).unwrap();
        assert_eq!(KNOWN.with_borrow(Vec::len), 1);
    }
}
