//! Every file of the conformance sets against zlib's verdict and the digest of its output. There are no known differences.

use bytemill_gzip::{DecodeOptions, Decoder, Format};
use bytemill_testkit::sets::check_codec;

#[test]
fn accepts_what_zlib_accepts() {
    let mut decoder = Decoder::new();
    check_codec(&["gzip", "zlib", "deflate"], 500, |format, input| {
        let format = match format {
            "gzip" => Format::Gzip,
            "zlib" => Format::Zlib,
            _ => Format::Raw,
        };
        let options = DecodeOptions { format, ..DecodeOptions::default() };
        let mut output = Vec::new();
        decoder.decompress(input, &options, &mut output).map(|()| output)
    });
}
