//! The backend of this target against plain words.

use proptest::prelude::*;

use super::U32x4;

fn zip(a: [u32; 4], b: [u32; 4], work: impl Fn(u32, u32) -> u32) -> [u32; 4] {
    std::array::from_fn(|lane| work(a[lane], b[lane]))
}

proptest! {
    #[test]
    fn lanes_are_words(a in any::<[u32; 4]>(), b in any::<[u32; 4]>(), c in any::<[u32; 4]>()) {
        let (va, vb, vc) = (U32x4::new(a), U32x4::new(b), U32x4::new(c));
        prop_assert_eq!(va.to_array(), a);
        prop_assert_eq!(U32x4::splat(a[0]).to_array(), [a[0]; 4]);
        prop_assert_eq!(va.wrapping_add(vb).to_array(), zip(a, b, u32::wrapping_add));
        prop_assert_eq!((va ^ vb).to_array(), zip(a, b, |a, b| a ^ b));
        prop_assert_eq!((va & vb).to_array(), zip(a, b, |a, b| a & b));
        prop_assert_eq!((va | vb).to_array(), zip(a, b, |a, b| a | b));
        prop_assert_eq!(va.rotate_right::<7>().to_array(), a.map(|word| word.rotate_right(7)));
        prop_assert_eq!(va.rotate_right::<16>().to_array(), a.map(|word| word.rotate_right(16)));
        prop_assert_eq!(va.shift_right::<3>().to_array(), a.map(|word| word >> 3));
        prop_assert_eq!(va.swap_bytes().to_array(), a.map(u32::swap_bytes));
        let selected = zip(zip(a, b, |a, b| a & b), zip(a, c, |a, c| !a & c), |x, y| x | y);
        prop_assert_eq!(U32x4::select(va, vb, vc).to_array(), selected);
        let picked = U32x4::pick::<6, 1, 4, 3>(va, vb).to_array();
        prop_assert_eq!(picked, [b[2], a[1], b[0], a[3]]);
    }

    #[test]
    fn bytes_are_little_endian(bytes in any::<[u8; 16]>()) {
        let vector = U32x4::load(&bytes);
        let (words, _) = bytes.as_chunks::<4>();
        prop_assert_eq!(&vector.to_array()[..], words.iter().map(|w| u32::from_le_bytes(*w)).collect::<Vec<_>>());
        let mut back = [0; 16];
        vector.store(&mut back);
        prop_assert_eq!(back, bytes);
    }

    #[test]
    fn transposing_swaps_rows_and_columns(rows in any::<[[u32; 4]; 4]>()) {
        let columns = U32x4::transpose(rows.map(U32x4::new)).map(U32x4::to_array);
        for (i, column) in columns.iter().enumerate() {
            prop_assert_eq!(*column, rows.map(|row| row[i]));
        }
    }
}
