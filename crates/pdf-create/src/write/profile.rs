//! The colours that a document is meant for (ISO 32000-1, 14.11.5).

use super::file::{Data, File};
use crate::CreateError;
use crate::error::Place;

/// Writes an ICC profile, if it is not empty.
pub(super) fn write(profile: &[u8], file: &mut File) -> Result<Option<u32>, CreateError> {
    if profile.is_empty() {
        return Ok(None);
    }
    // ICC.1, 7.2: the signature of profiles, and that of their colour space.
    let is_profile = profile.len() >= 128 && profile.get(36..40) == Some(b"acsp");
    let components = match profile.get(16..20) {
        Some(b"GRAY") if is_profile => 1,
        Some(b"RGB ") if is_profile => 3,
        Some(b"CMYK") if is_profile => 4,
        _ => {
            let place = Place { kind: "output profile", page: None, number: 0 };
            let expected = "an ICC profile of grey, RGB or CMYK";
            return Err(CreateError::Invalid { place, expected });
        }
    };
    let id = file.allocate()?;
    file.stream(id, &Data::Plain(profile), |output| _ = output.put("/N ").integer(components))?;
    Ok(Some(id))
}
