//! Fonts and images, each written once (ISO 32000-1, 7.8.3, 8.9.5, 9.6.2).

use super::embedded;
use super::file::{Data, File};
use crate::draw::{Needs, Usage};
use crate::error::{Place, reserve};
use crate::fonts::{Font, Fonts};
use crate::image::{Coding, Picture, Space};
use crate::syntax::Output;
use crate::{CreateError, Document, Limits};

/// An image that is in the file.
#[derive(Clone, Copy, Debug)]
struct Written {
    id: u32,
    size: (u32, u32),
    orientation: u8,
}

/// What pages share.
#[derive(Debug)]
pub(super) struct Resources<'d, 'f> {
    fonts: &'d Fonts<'f>,
    font_ids: Vec<Option<u32>>,
    usages: Vec<Option<Usage>>,
    files: &'d [&'f [u8]],
    images: Vec<Option<Written>>,
    limits: &'d Limits,
}

fn nothing<T>(len: usize) -> Result<Vec<Option<T>>, CreateError> {
    let mut list = Vec::new();
    reserve(&mut list, len)?;
    list.resize_with(len, || None);
    Ok(list)
}

impl<'d, 'f> Resources<'d, 'f> {
    pub(super) fn new(
        fonts: &'d Fonts<'f>,
        document: &'d Document<'f>,
        limits: &'d Limits,
    ) -> Result<Self, CreateError> {
        Ok(Self {
            fonts,
            font_ids: nothing(fonts.len())?,
            usages: nothing(fonts.len())?,
            files: &document.images,
            images: nothing(document.images.len())?,
            limits,
        })
    }

    /// The glyphs that are used of an embedded font; nothing for others.
    pub(super) fn usage(&mut self, number: u32) -> Result<Option<&mut Usage>, CreateError> {
        let Some(Font::Embedded(face)) = self.fonts.get(number) else { return Ok(None) };
        let Some(slot) = self.usages.get_mut(number as usize) else { return Ok(None) };
        if slot.is_none() {
            *slot = Some(Usage::new(face.glyphs())?);
        }
        Ok(slot.as_mut())
    }

    /// The size and orientation of an image, which is written if it has not been.
    pub(super) fn image(
        &mut self,
        number: u32,
        place: Place,
        file: &mut File,
    ) -> Result<((u32, u32), u8), CreateError> {
        let index = number as usize;
        let count = self.files.len() as u32;
        let (Some(bytes), Some(slot)) = (self.files.get(index), self.images.get_mut(index)) else {
            return Err(CreateError::Reference { place, to: "image", number, count });
        };
        let written = if let Some(written) = slot {
            *written
        } else {
            let picture = Picture::read(bytes, number, self.limits)?;
            let (size, orientation) = (picture.size, picture.orientation);
            let id = write_picture(&picture, file)?;
            *slot.insert(Written { id, size, orientation })
        };
        Ok((written.size, written.orientation))
    }

    /// The entries of a page's resource dictionary.
    pub(super) fn entries(
        &mut self,
        needs: &Needs,
        file: &mut File,
    ) -> Result<Vec<u8>, CreateError> {
        let mut output = Output::new(file.limit());
        if !needs.fonts.is_empty() {
            output.put("/Font<<");
            for number in &needs.fonts {
                let Some(slot) = self.font_ids.get_mut(*number as usize) else { continue };
                let id = match slot {
                    Some(id) => *id,
                    None => *slot.insert(file.allocate()?),
                };
                output.put("/F").integer((*number).into()).put(" ").reference(id);
            }
            output.put(">>");
        }
        if !needs.images.is_empty() {
            output.put("/XObject<<");
            for number in &needs.images {
                if let Some(Some(written)) = self.images.get(*number as usize) {
                    output.put("/I").integer((*number).into()).put(" ").reference(written.id);
                }
            }
            output.put(">>");
        }
        if !needs.opacities.is_empty() {
            output.put("/ExtGState<<");
            for opacity in &needs.opacities {
                output.put("/G").integer((*opacity).into());
                let value = f64::from(*opacity) / 1000.0;
                output.put("<</ca ").number(value).put("/CA ").number(value).put(">>");
            }
            output.put(">>");
        }
        output.finish()
    }

    /// Writes the fonts, now that it is known what is used of them.
    pub(super) fn finish(&self, file: &mut File) -> Result<(), CreateError> {
        for (number, id) in self.font_ids.iter().enumerate() {
            let (Some(id), Some(font)) = (id, self.fonts.get(number as u32)) else { continue };
            match font {
                Font::Standard(font) => file.object(*id, |output| {
                    output.put("<</Type/Font/Subtype/Type1/BaseFont/").put(font.name());
                    if !font.is_symbolic() {
                        output.put("/Encoding/WinAnsiEncoding");
                    }
                    output.put(">>");
                })?,
                Font::Embedded(face) => {
                    if let Some(Some(usage)) = self.usages.get(number) {
                        embedded::write(face, usage, *id, file)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Writes an image, behind that of its opacity.
fn write_picture(picture: &Picture<'_>, file: &mut File) -> Result<u32, CreateError> {
    let mask = match &picture.mask {
        Some(mask) => Some(write_picture(mask, file)?),
        None => None,
    };
    let id = file.allocate()?;
    file.stream(id, &Data::Ready(&picture.data), |output| {
        let (width, height) = picture.size;
        output.put("/Type/XObject/Subtype/Image/Width ").integer(width.into());
        output.put("/Height ").integer(height.into());
        output.put("/BitsPerComponent ").integer(picture.bits.into()).put("/ColorSpace");
        match &picture.space {
            Space::Grey => output.put("/DeviceGray"),
            Space::Rgb => output.put("/DeviceRGB"),
            Space::Cmyk => output.put("/DeviceCMYK"),
            Space::Palette(colours) => {
                let last = (colours.len() as u64 / 3).saturating_sub(1);
                output.put("[/Indexed/DeviceRGB ").whole(last).put("<").hex(colours).put(">]")
            }
        };
        if picture.inverted {
            output.put("/Decode[1 0 1 0 1 0 1 0]");
        }
        match picture.coding {
            Coding::Jpeg { untransformed } => {
                output.put("/Filter/DCTDecode");
                if untransformed {
                    output.put("/DecodeParms<</ColorTransform 0>>");
                }
            }
            Coding::Png => {
                output.put("/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors ");
                output.integer(picture.space.channels().into());
                output.put("/BitsPerComponent ").integer(picture.bits.into());
                output.put("/Columns ").integer(width.into()).put(">>");
            }
        }
        if let Some(mask) = mask {
            output.put("/SMask ").reference(mask);
        }
    })?;
    Ok(id)
}
