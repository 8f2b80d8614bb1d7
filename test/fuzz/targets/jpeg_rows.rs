//! Rows alone are those of the whole image, at every scale, in damaged files too.
#![no_main]

use bytemill_jpeg::{Decoder, JpegError, Limits, Options, Scale};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits { max_pixels: 1 << 20, max_scans: 20, max_memory_bytes: 64 << 20 };

fuzz_target!(|input: &[u8]| {
    // The last bytes choose the options: decoders ignore them, so that real files make good seeds.
    let [.., flags, start, count] = *input else { return };
    let options = Options {
        scale: Scale::ALL[usize::from(flags & 3)],
        lowest: flags & 4 != 0,
        limits: LIMITS,
        ..Options::default()
    };
    let decode = |options: &Options| {
        let decoder = Decoder::new(input, options)?;
        let mut rgb = Vec::new();
        decoder.decode_rgb(&mut rgb)?;
        Ok::<_, JpegError>((decoder.size(), rgb))
    };
    let Ok(((width, height), whole)) = decode(&options) else { return };
    let (start, count) = (u32::from(start), u32::from(count));
    let rows = Some((start, start + count));
    let (_, some) = decode(&Options { rows, ..options }).expect("the whole image decodes");
    let start = height.min(start as usize);
    let end = height.min(start + count as usize);
    assert!(some == whole[3 * width * start..3 * width * end]);
});
