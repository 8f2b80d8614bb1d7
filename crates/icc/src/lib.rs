//! ICC profiles (ICC.1:2022, and version 2): pixels of 8 bits to sRGB (IEC 61966-2-1).
//!
//! [`Transform::to_srgb`] reads the profile that came with an image: grey or RGB by curves and colorants, RGB or CMYK by
//! a colour table. [`Transform::apply`] and [`Transform::cmyk_to_rgb`] convert pixels. [`Transform::is_srgb`] tells that
//! there is nothing to convert. [`srgb_profile`] is a small profile to embed.
//!
//! RGB is exact: each value is the nearest one to what the profile says. The same bytes come out on every platform: the
//! arithmetic of floats is that of IEEE 754 alone, powers included.
//!
//! White of the medium becomes white, as the relative colorimetric intent has it; `wtpt` and `chad` do not matter to
//! that. Black of perceptual tables of version 4, which is that of a reference medium, becomes black; other blacks stay
//! what they are. Not supported: profiles of other colours, device links, named colours, `D2B0` and version 5, and
//! `cicp`, which is for displays brighter than white.
#![forbid(unsafe_code)]
#![allow(
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "the names of the formulas: a to g, x, y, z, l, m"
)]
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "indices and levels are small, floats are cut before they are narrowed and compared with constants"
)]

mod curve;
mod embed;
mod error;
mod lut;
mod power;
mod profile;
mod shaper;
mod srgb;
mod table;
mod transform;

pub use embed::srgb_profile;
pub use error::IccError;
pub use profile::Space;
pub use transform::Transform;
