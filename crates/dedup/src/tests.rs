//! Chunks against other implementations, and what they promise for any input.

use bytemill_hash::blake3::{Key, Mode};
use proptest::prelude::*;

use crate::{Chunker, Chunks, FastCdc, SizeError, chunk};

/// Bytes that hardly repeat.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb) >> 56) as u8
    };
    (0..length).map(|_| next()).collect()
}

fn chunks(input: &[u8], chunker: &Chunker) -> Chunks {
    let mut all = Chunks::default();
    let taken = chunk(input, true, chunker, &Key::new(&Mode::Hash), &mut all).unwrap();
    assert_eq!(taken, input.len());
    all
}

fn level(level: u32) -> fastcdc::v2020::Normalization {
    use fastcdc::v2020::Normalization::{Level0, Level1, Level2, Level3};
    [Level0, Level1, Level2, Level3][level as usize]
}

#[test]
fn fastcdc_cuts_as_the_oracle_does() {
    let mut input = noise(1, 400_000);
    input.extend(vec![7; 100_001]);
    input.extend(noise(2, 70_001));
    for average in
        [256, 300, 362, 364, 724, 726, 1024, 5000, 11_584, 11_586, 65_536, 1 << 20, 4 << 20]
    {
        for nc in 0..=3 {
            let [min, max] = [(average / 4) & !1, average * 4];
            let chunker = Chunker::FastCdc(FastCdc::new(min, average, max, nc).unwrap());
            let sizes = [min, average, max].map(|size| size as usize);
            for end in [input.len(), input.len() - 1] {
                let input = &input[..end];
                let oracle = fastcdc::v2020::FastCDC::with_level(
                    input,
                    sizes[0],
                    sizes[1],
                    sizes[2],
                    level(nc),
                );
                let expected: Vec<u32> = oracle.map(|chunk| chunk.length as u32).collect();
                assert!(chunks(input, &chunker).lengths == expected, "{average}, level {nc}");
            }
        }
    }
}

#[test]
fn sizes_outside_their_ranges_are_refused() {
    for (sizes, expected) in [
        ([62, 1024, 4096], SizeError::Min { bytes: 62 }),
        ([65, 1024, 4096], SizeError::Min { bytes: 65 }),
        ([(1 << 20) + 2, 4 << 20, 16 << 20], SizeError::Min { bytes: (1 << 20) + 2 }),
        ([64, 254, 4096], SizeError::Average { bytes: 254 }),
        ([64, 257, 4096], SizeError::Average { bytes: 257 }),
        ([64, (4 << 20) + 2, 16 << 20], SizeError::Average { bytes: (4 << 20) + 2 }),
        ([64, 256, 1022], SizeError::Max { bytes: 1022 }),
        ([64, 256, 1025], SizeError::Max { bytes: 1025 }),
        ([64, 256, (16 << 20) + 2], SizeError::Max { bytes: (16 << 20) + 2 }),
        ([512, 256, 1024], SizeError::Order { bytes: [512, 256, 1024] }),
        ([64, 2048, 1024], SizeError::Order { bytes: [64, 2048, 1024] }),
    ] {
        let found = FastCdc::new(sizes[0], sizes[1], sizes[2], 1).unwrap_err();
        assert_eq!(found, expected);
        assert!(found.to_string().contains("got"), "{found}");
    }
    assert_eq!(FastCdc::new(64, 256, 1024, 4).unwrap_err(), SizeError::Level { level: 4 });
}

/// Short inputs, so that many chunks of few bytes come of them; some with long runs.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        (any::<u64>(), 0..20_000_usize).prop_map(|(seed, length)| noise(seed, length)),
        (any::<u8>(), 0..20_000_usize).prop_map(|(byte, length)| vec![byte; length]),
        prop::collection::vec(any::<u8>(), 0..200),
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

fn chunker() -> impl Strategy<Value = Chunker> {
    let sizes = (32..2000_u32, 0..4000_u32, 0..6000_u32, 0..=3_u32);
    prop_oneof![
        1 => Just(Chunker::Xet),
        4 => sizes.prop_map(|(min, above, more, level)| {
            let average = (2 * min + above * 2).max(256);
            let max = (average + more * 2).max(1024);
            Chunker::FastCdc(FastCdc::new(2 * min, average, max, level).unwrap())
        }),
    ]
}

proptest! {
    #[test]
    fn chunks_are_the_input_within_their_bounds(input in input(), chunker in chunker()) {
        let all = chunks(&input, &chunker);
        let sum: usize = all.lengths.iter().map(|length| *length as usize).sum();
        prop_assert_eq!(sum, input.len());
        let mut rest = input.as_slice();
        for (length, digest) in all.lengths.iter().zip(all.digests.chunks(32)) {
            let (chunk, others) = rest.split_at(*length as usize);
            prop_assert!(!chunk.is_empty() && chunk.len() <= chunker.max_bytes());
            prop_assert!(blake3::hash(chunk).as_slice() == digest);
            // Nothing that follows a chunk changes it.
            if !others.is_empty() {
                prop_assert_eq!(chunker.cut(rest), Some(chunk.len()));
            }
            rest = others;
        }
    }

    #[test]
    fn pieces_give_the_same_chunks(
        input in input(),
        chunker in chunker(),
        lengths in prop::collection::vec(1..30_000_usize, 0..8),
    ) {
        let key = Key::new(&Mode::Keyed(&[7; 32]));
        let mut whole = Chunks::default();
        chunk(&input, true, &chunker, &key, &mut whole).unwrap();
        let mut pieces = Chunks::default();
        let (mut from, mut to) = (0, 0);
        for length in lengths {
            to = input.len().min(to + length);
            from += chunk(&input[from..to], false, &chunker, &key, &mut pieces).unwrap();
        }
        chunk(&input[from..], true, &chunker, &key, &mut pieces).unwrap();
        prop_assert_eq!(pieces, whole);
    }

    #[test]
    fn an_insertion_changes_chunks_from_its_own_to_the_next_common_cut(
        seed: u64,
        at in 0..100_000_usize,
    ) {
        let chunker = Chunker::FastCdc(FastCdc::new(512, 2048, 8192, 2).unwrap());
        let (before, after) = inserted(seed, 100_000, at);
        let (before, after) = (cuts(&before, &chunker), cuts(&after, &chunker));
        let head = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        // A cut depends on no more than what follows the one before it, 8192 bytes of it at most.
        let first = before.iter().filter(|cut| **cut + 8192 <= at).count();
        prop_assert!(head >= first, "{head} chunks are the same, expected {first}");
        let moved: Vec<usize> = after.iter().map(|cut| cut.saturating_sub(INSERTED.len())).collect();
        if let Some(common) = before.iter().position(|cut| *cut >= at && moved.contains(cut)) {
            let from = moved.iter().position(|cut| *cut == before[common]).unwrap();
            prop_assert_eq!(&before[common..], &moved[from..]);
        }
    }
}

const INSERTED: &[u8] = b"inserted";

/// Noise, and the same with something in the middle.
fn inserted(seed: u64, length: usize, at: usize) -> (Vec<u8>, Vec<u8>) {
    let before = noise(seed, length);
    let after = [&before[..at], INSERTED, &before[at..]].concat();
    (before, after)
}

/// Where the chunks end.
fn cuts(input: &[u8], chunker: &Chunker) -> Vec<usize> {
    let lengths = chunks(input, chunker).lengths;
    lengths
        .iter()
        .scan(0, |end, length| {
            *end += *length as usize;
            Some(*end)
        })
        .collect()
}

/// How soon a common cut comes is chance: over many inputs a few chunks, here and there a dozen.
#[test]
fn an_insertion_changes_few_chunks() {
    let chunker = Chunker::FastCdc(FastCdc::new(512, 2048, 8192, 2).unwrap());
    let mut unknown = Vec::new();
    for case in 0..200 {
        let (before, after) = inserted(case, 200_000, case as usize * 997);
        let known: std::collections::HashSet<Vec<u8>> =
            chunks(&before, &chunker).digests.chunks(32).map(<[u8]>::to_vec).collect();
        let fresh = chunks(&after, &chunker);
        unknown.push(fresh.digests.chunks(32).filter(|digest| !known.contains(*digest)).count());
    }
    let (sum, most) = (unknown.iter().sum::<usize>(), unknown.iter().max());
    println!("{sum} chunks of 200 inputs of about 100 each, {most:?} of one at most");
    assert!(sum <= 400 && unknown.iter().all(|count| (1..=12).contains(count)), "{unknown:?}");
}

/// What threads make of an input is what one makes of it.
#[cfg(feature = "parallel")]
mod threads {
    use super::*;

    fn on_threads<Result: Send>(work: impl FnOnce() -> Result + Send) -> Result {
        rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap().install(work)
    }

    fn one_by_one(input: &[u8], chunker: &Chunker) -> Vec<u32> {
        let mut rest = input;
        let mut lengths = Vec::new();
        while let Some(length) = chunker.cut(rest) {
            lengths.push(length as u32);
            rest = &rest[length..];
        }
        lengths.extend((!rest.is_empty()).then_some(rest.len() as u32));
        lengths
    }

    #[test]
    fn cuts_are_those_of_one_thread() {
        let mut input = noise(3, 2 << 20);
        // No cut of a segment inside of this is one of the whole, unless by chance.
        input.extend(vec![0; 1 << 20]);
        input.extend(noise(4, (1 << 20) + 1));
        for (min, average, max, level) in
            [(64, 256, 1024, 1), (2048, 8192, 65_536, 2), (998, 4002, 50_000, 3)]
        {
            let chunker = Chunker::FastCdc(FastCdc::new(min, average, max, level).unwrap());
            compare(&input, &chunker);
        }
        compare(&input, &Chunker::Xet);
        compare(&input[..2 << 20], &Chunker::Xet);
    }

    fn compare(input: &[u8], chunker: &Chunker) {
        let all = on_threads(|| {
            assert!(crate::parallel::cuts(input, chunker).is_some());
            chunks(input, chunker)
        });
        assert!(all.lengths == one_by_one(input, chunker));
        let mut rest = input;
        for (length, digest) in all.lengths.iter().zip(all.digests.chunks(32)) {
            let (chunk, others) = rest.split_at(*length as usize);
            assert_eq!(blake3::hash(chunk).as_slice(), digest);
            rest = others;
        }
        // The part that does not depend on what follows.
        let mut part = Chunks::default();
        let key = Key::new(&Mode::Hash);
        let taken = on_threads(|| chunk(input, false, chunker, &key, &mut part)).unwrap();
        let count = part.lengths.len();
        assert!(part.lengths == all.lengths[..count] && part.digests == all.digests[..count * 32]);
        let last = input.len() - taken;
        assert!(last < chunker.max_bytes());
    }
}
