//! The codes of runs (ITU-T T.4, tables 2 and 3), short ones first.

/// A code, and the length of the run that it stands for; 64 or more go on with another code of the same colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) bits: u32,
    pub(crate) code: u32,
    pub(crate) length: u16,
}

const fn run(bits: u32, code: u32, length: u16) -> Run {
    Run { bits, code, length }
}

/// White runs.
#[rustfmt::skip]
pub(crate) static WHITE: [Run; 104] = [
    run(4, 7, 2), run(4, 8, 3), run(4, 11, 4), run(4, 12, 5), run(4, 14, 6), run(4, 15, 7),
    run(5, 7, 10), run(5, 8, 11), run(5, 18, 128), run(5, 19, 8), run(5, 20, 9), run(5, 27, 64),
    run(6, 3, 13), run(6, 7, 1), run(6, 8, 12), run(6, 23, 192), run(6, 24, 1664), run(6, 42, 16),
    run(6, 43, 17), run(6, 52, 14), run(6, 53, 15), run(7, 3, 22), run(7, 4, 23), run(7, 8, 20),
    run(7, 12, 19), run(7, 19, 26), run(7, 23, 21), run(7, 24, 28), run(7, 36, 27),
    run(7, 39, 18), run(7, 40, 24), run(7, 43, 25), run(7, 55, 256), run(8, 2, 29), run(8, 3, 30),
    run(8, 4, 45), run(8, 5, 46), run(8, 10, 47), run(8, 11, 48), run(8, 18, 33), run(8, 19, 34),
    run(8, 20, 35), run(8, 21, 36), run(8, 22, 37), run(8, 23, 38), run(8, 26, 31),
    run(8, 27, 32), run(8, 36, 53), run(8, 37, 54), run(8, 40, 39), run(8, 41, 40),
    run(8, 42, 41), run(8, 43, 42), run(8, 44, 43), run(8, 45, 44), run(8, 50, 61),
    run(8, 51, 62), run(8, 52, 63), run(8, 53, 0), run(8, 54, 320), run(8, 55, 384),
    run(8, 74, 59), run(8, 75, 60), run(8, 82, 49), run(8, 83, 50), run(8, 84, 51),
    run(8, 85, 52), run(8, 88, 55), run(8, 89, 56), run(8, 90, 57), run(8, 91, 58),
    run(8, 100, 448), run(8, 101, 512), run(8, 103, 640), run(8, 104, 576), run(9, 152, 1472),
    run(9, 153, 1536), run(9, 154, 1600), run(9, 155, 1728), run(9, 204, 704), run(9, 205, 768),
    run(9, 210, 832), run(9, 211, 896), run(9, 212, 960), run(9, 213, 1024), run(9, 214, 1088),
    run(9, 215, 1152), run(9, 216, 1216), run(9, 217, 1280), run(9, 218, 1344), run(9, 219, 1408),
    run(11, 8, 1792), run(11, 12, 1856), run(11, 13, 1920), run(12, 18, 1984), run(12, 19, 2048),
    run(12, 20, 2112), run(12, 21, 2176), run(12, 22, 2240), run(12, 23, 2304), run(12, 28, 2368),
    run(12, 29, 2432), run(12, 30, 2496), run(12, 31, 2560),
];

/// Black runs.
#[rustfmt::skip]
pub(crate) static BLACK: [Run; 104] = [
    run(2, 2, 3), run(2, 3, 2), run(3, 2, 1), run(3, 3, 4), run(4, 2, 6), run(4, 3, 5),
    run(5, 3, 7), run(6, 4, 9), run(6, 5, 8), run(7, 4, 10), run(7, 5, 11), run(7, 7, 12),
    run(8, 4, 13), run(8, 7, 14), run(9, 24, 15), run(10, 8, 18), run(10, 15, 64),
    run(10, 23, 16), run(10, 24, 17), run(10, 55, 0), run(11, 8, 1792), run(11, 12, 1856),
    run(11, 13, 1920), run(11, 23, 24), run(11, 24, 25), run(11, 40, 23), run(11, 55, 22),
    run(11, 103, 19), run(11, 104, 20), run(11, 108, 21), run(12, 18, 1984), run(12, 19, 2048),
    run(12, 20, 2112), run(12, 21, 2176), run(12, 22, 2240), run(12, 23, 2304), run(12, 28, 2368),
    run(12, 29, 2432), run(12, 30, 2496), run(12, 31, 2560), run(12, 36, 52), run(12, 39, 55),
    run(12, 40, 56), run(12, 43, 59), run(12, 44, 60), run(12, 51, 320), run(12, 52, 384),
    run(12, 53, 448), run(12, 55, 53), run(12, 56, 54), run(12, 82, 50), run(12, 83, 51),
    run(12, 84, 44), run(12, 85, 45), run(12, 86, 46), run(12, 87, 47), run(12, 88, 57),
    run(12, 89, 58), run(12, 90, 61), run(12, 91, 256), run(12, 100, 48), run(12, 101, 49),
    run(12, 102, 62), run(12, 103, 63), run(12, 104, 30), run(12, 105, 31), run(12, 106, 32),
    run(12, 107, 33), run(12, 108, 40), run(12, 109, 41), run(12, 200, 128), run(12, 201, 192),
    run(12, 202, 26), run(12, 203, 27), run(12, 204, 28), run(12, 205, 29), run(12, 210, 34),
    run(12, 211, 35), run(12, 212, 36), run(12, 213, 37), run(12, 214, 38), run(12, 215, 39),
    run(12, 218, 42), run(12, 219, 43), run(13, 74, 640), run(13, 75, 704), run(13, 76, 768),
    run(13, 77, 832), run(13, 82, 1280), run(13, 83, 1344), run(13, 84, 1408), run(13, 85, 1472),
    run(13, 90, 1536), run(13, 91, 1600), run(13, 100, 1664), run(13, 101, 1728),
    run(13, 108, 512), run(13, 109, 576), run(13, 114, 896), run(13, 115, 960),
    run(13, 116, 1024), run(13, 117, 1088), run(13, 118, 1152), run(13, 119, 1216),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_begins_another() {
        for table in [&WHITE, &BLACK] {
            for (index, run) in table.iter().enumerate() {
                let longer = table[index + 1..].iter();
                assert!(
                    longer.clone().all(|other| other.code >> (other.bits - run.bits) != run.code)
                );
            }
            // All runs are there: 0 to 63, then multiples of 64 up to 2560.
            let mut lengths: Vec<u16> = table.iter().map(|run| run.length).collect();
            lengths.sort_unstable();
            assert!(lengths.iter().copied().eq((0..64).chain((64..=2560).step_by(64))));
        }
    }
}
