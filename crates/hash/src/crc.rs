//! CRC-32 (IEEE 802.3, as in gzip and PNG) and CRC-32C (Castagnoli, RFC 3720, section 12.1).
//!
//! Sixteen bytes at a time through sixteen tables. Wasm has no multiplication without carries, which is what makes
//! native code faster. The tables are made on first use: 16 KB that no compression shrinks would be a module's largest part.

use alloc::boxed::Box;

use bytemill_base::local;

/// Bytes that a step takes.
const STEP: usize = 16;
type Tables = [[u32; 256]; STEP];

/// Which polynomial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polynomial {
    /// 0x04C11DB7: gzip, zip, PNG, Ethernet.
    Ieee,
    /// 0x1EDC6F41: iSCSI, ext4, Snappy, cloud storage.
    Castagnoli,
}

/// The checksum of `input` after what has the checksum `before`: 0 at the beginning.
///
/// Takes time linear in the length of the input.
pub fn crc32(polynomial: Polynomial, input: &[u8], before: u32) -> u32 {
    TABLES.with_borrow_mut(|[ieee, castagnoli]| {
        let tables = match polynomial {
            Polynomial::Ieee => ieee.get_or_insert_with(|| tables(0xEDB8_8320)),
            Polynomial::Castagnoli => castagnoli.get_or_insert_with(|| tables(0x82F6_3B78)),
        };
        !update(tables, input, !before)
    })
}

local! {
    /// Of both polynomials, in their order.
    static TABLES: [Option<Box<Tables>>; 2] = [None, None];
}

/// Table 0 is that of one byte; table `n` is that of a byte with `n` zeros behind it.
fn tables(reversed: u32) -> Box<Tables> {
    let mut tables = Box::new([[0; 256]; STEP]);
    let mut before = [0; 256];
    for table in tables.iter_mut() {
        for (byte, entry) in table.iter_mut().enumerate() {
            // A byte, or what the table before has for it, and then eight zeros.
            let mut crc = before[byte];
            if crc == 0 {
                crc = byte as u32;
            }
            for _ in 0..8 {
                crc = crc >> 1 ^ if crc & 1 == 1 { reversed } else { 0 };
            }
            *entry = crc;
        }
        before = *table;
    }
    tables
}

fn update(tables: &Tables, input: &[u8], mut crc: u32) -> u32 {
    let (steps, rest) = input.as_chunks::<STEP>();
    for step in steps {
        let word = u128::from_le_bytes(*step);
        let (low, high) = (word as u64 ^ u64::from(crc), (word >> 64) as u64);
        let at =
            |table: usize, word: u64, shift: u32| tables[table][(word >> shift & 255) as usize];
        let first = at(15, low, 0) ^ at(14, low, 8) ^ at(13, low, 16) ^ at(12, low, 24);
        let second = at(11, low, 32) ^ at(10, low, 40) ^ at(9, low, 48) ^ at(8, low, 56);
        let third = at(7, high, 0) ^ at(6, high, 8) ^ at(5, high, 16) ^ at(4, high, 24);
        let fourth = at(3, high, 32) ^ at(2, high, 40) ^ at(1, high, 48) ^ at(0, high, 56);
        crc = first ^ second ^ third ^ fourth;
    }
    for byte in rest {
        crc = crc >> 8 ^ tables[0][((crc ^ u32::from(*byte)) & 255) as usize];
    }
    crc
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A bit at a time, as the definition has it.
    fn slow(reversed: u32, input: &[u8]) -> u32 {
        !input.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 { crc >> 1 ^ reversed } else { crc >> 1 }
            })
        })
    }

    #[test]
    fn the_check_values_of_the_catalogue() {
        assert_eq!(crc32(Polynomial::Ieee, b"123456789", 0), 0xCBF4_3926);
        assert_eq!(crc32(Polynomial::Castagnoli, b"123456789", 0), 0xE306_9283);
        assert_eq!(crc32(Polynomial::Ieee, b"", 0), 0);
    }

    proptest! {
        #[test]
        fn equals_the_definition(input in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..200) {
            let (head, tail) = input.split_at(at.min(input.len()));
            for (polynomial, reversed) in
                [(Polynomial::Ieee, 0xEDB8_8320), (Polynomial::Castagnoli, 0x82F6_3B78)]
            {
                let pieces = crc32(polynomial, tail, crc32(polynomial, head, 0));
                prop_assert_eq!(pieces, slow(reversed, &input));
            }
        }
    }
}
