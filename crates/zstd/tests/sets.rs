//! Every file of the conformance sets against libzstd's verdict and the digest of its output. There are no known differences.

use bytemill_testkit::sets::check_codec;
use bytemill_zstd::{DecodeLimits, decompress};

#[test]
fn accepts_what_libzstd_accepts() {
    check_codec(&["zstd"], 600, |_, input| {
        let mut output = Vec::new();
        decompress(input, &DecodeLimits::default(), &mut output).map(|()| output)
    });
}
