//! Whatever rows come in whatever order, the encoder makes a file of the size that was asked for, which decodes.
#![no_main]

use bytemill_jpeg::{Decoder, EncodeOptions, Encoder, Options, Subsampling};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, u8, u8, u8, Vec<(u8, Vec<u8>)>)| {
    let (width, height, quality, flags, rows) = input;
    let (width, height) = (usize::from(width) + 1, usize::from(height) + 1);
    let options = EncodeOptions {
        quality: 1 + quality % 100,
        subsampling: if flags & 1 == 0 { Subsampling::None } else { Subsampling::Both },
        optimise: flags & 2 == 0,
        grey: flags & 4 == 0,
        progressive: flags & 16 != 0,
        ..EncodeOptions::default()
    };
    let mut encoder = Encoder::new(width, height, &options).expect("the options are in range");
    for (component, row) in &rows {
        if flags & 8 == 0 {
            encoder.push(usize::from(*component & 3), row).expect("there is memory");
        } else {
            encoder.push_rgb(row).expect("there is memory");
        }
    }
    let file = encoder.finish().expect("the file is within its limit");
    let options = Options { strict: true, ..Options::default() };
    let decoder = Decoder::new(&file, &options).expect("the header is right");
    assert_eq!(decoder.size(), (width, height));
    let mut rgb = Vec::new();
    decoder.decode_rgb(&mut rgb).expect("the scan is whole");
    assert_eq!(rgb.len(), 3 * width * height);
});
