//! Every file of the conformance sets against the reference's verdict and the digest of its output. There are no known differences.

use bytemill_brotli::{DecodeOptions, decompress};
use bytemill_testkit::sets::check_codec;

#[test]
fn accepts_what_the_reference_accepts() {
    check_codec(&["brotli"], 28, |_, input| {
        let mut output = Vec::new();
        decompress(input, &DecodeOptions::default(), &mut output).map(|()| output)
    });
}
