//! Chunks are those of the crate `fastcdc`, of one call, of pieces and of threads, with digests of the crate `blake3`;
//! fingerprints do not depend on their neighbours in a batch.
#![no_main]

use bytemill_dedup::{
    Chunker, Chunks, FastCdc, Fingerprint, FingerprintParameters, Normalization, chunk, root,
    xet_file_hash,
};
use bytemill_hash::blake3::{Key, Mode};
use fastcdc::v2020::{FastCDC, Normalization as Level};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    xet: bool,
    key: [u8; 32],
    /// Halves of the sizes above their least, and the level.
    sizes: [u16; 3],
    level: u8,
    /// Lengths of the pieces; the last takes the rest.
    pieces: Vec<u16>,
    namespace: &'a str,
    version: u32,
    length: u8,
    newlines: bool,
    /// Repeats the content, to pass the size from which threads share the work.
    times: u8,
    content: &'a [u8],
}

fuzz_target!(|case: Case<'_>| {
    let content = case.content.repeat(1 + usize::from(case.times));
    let [min, above, more] = case.sizes.map(|half| u32::from(half) * 2);
    let (min, level) = (64 + min, u32::from(case.level % 4));
    let average = (min + above).max(256);
    let max = (average + more).max(1024);
    let chunker = if case.xet {
        Chunker::Xet
    } else {
        Chunker::FastCdc(FastCdc::new(min, average, max, level).expect("sizes in their ranges"))
    };
    let key = Key::new(&Mode::Keyed(&case.key));
    let mut whole = Chunks::default();
    let taken = chunk(&content, true, &chunker, &key, &mut whole).expect("memory");
    assert_eq!(taken, content.len());
    let mut rest = content.as_slice();
    for (length, digest) in whole.lengths.iter().zip(whole.digests.chunks(32)) {
        let (part, others) = rest.split_at(*length as usize);
        assert_eq!(blake3::keyed_hash(&case.key, part).as_slice(), digest);
        rest = others;
    }
    assert!(rest.is_empty());
    if !case.xet {
        let level = [Level::Level0, Level::Level1, Level::Level2, Level::Level3][level as usize];
        let sizes = [min, average, max].map(|size| size as usize);
        let oracle = FastCDC::with_level(&content, sizes[0], sizes[1], sizes[2], level);
        assert!(oracle.map(|chunk| chunk.length as u32).eq(whole.lengths.iter().copied()));
    }

    let mut pieces = Chunks::default();
    let (mut from, mut to) = (0, 0);
    for length in case.pieces {
        to = content.len().min(to + usize::from(length));
        from += chunk(&content[from..to], false, &chunker, &key, &mut pieces).expect("memory");
    }
    chunk(&content[from..], true, &chunker, &key, &mut pieces).expect("memory");
    assert!(pieces == whole);
    let above = if case.xet { xet_file_hash } else { root };
    assert_eq!(above(&whole.digests, &whole.lengths), above(&pieces.digests, &pieces.lengths));

    let maker = Fingerprint::new(&FingerprintParameters {
        namespace: case.namespace.as_bytes(),
        version: case.version,
        normalization: if case.newlines { Normalization::Newlines } else { Normalization::None },
        length: case.length,
        secret: Some(&case.key),
    });
    let inputs = [case.content, &content, &case.content[..case.content.len() / 2]];
    let mut all = vec![0; inputs.len() * maker.length()];
    if maker.of_many(&mut inputs.into_iter(), &mut all) {
        for (input, found) in inputs.into_iter().zip(all.chunks(maker.length())) {
            assert_eq!(&maker.of(input).expect("memory")[..maker.length()], found);
        }
    } else {
        maker.of(&content).expect("memory");
    }
});
