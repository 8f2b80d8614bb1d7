//! Makes the file of an image.

use std::sync::Arc;

use bytemill_formats::{FormatError, Image, PngOptions, encode_png};
use bytemill_pdf_objects::{Dictionary, Document, ImageFilter, PdfError, Stream};

use super::ccitt::{self, FaxParams};
use super::colour::{ColourSpace, space_name};
use super::pixels::{Picture, Refusal, Samples, check_cost};
use super::{ImageFile, ImageFormat, ImageOptions, PageImage};
use crate::reading::strings::name_text;
use crate::reading::tree;

/// Sides of an image.
const MAX_SIDE: i64 = 1 << 24;

pub(crate) struct Extractor<'d, 'a> {
    document: &'d Document<'a>,
    options: ImageOptions,
    /// Bytes of files made.
    written: u64,
}

/// What the data of an image is once all other filters are undone.
enum Content {
    /// Samples, with their bits to a component.
    Samples(Arc<[u8]>, u32),
    File(ImageFile),
}

impl<'d, 'a> Extractor<'d, 'a> {
    pub(crate) fn new(document: &'d Document<'a>, options: ImageOptions) -> Self {
        Self { document, options, written: 0 }
    }

    /// Describes an image, and makes its file if one is wanted.
    pub(crate) fn image(
        &mut self,
        stream: &Stream,
        resources: &Dictionary,
    ) -> Result<PageImage, PdfError> {
        let document = self.document;
        let entries = stream.dictionary();
        let space = entries.get(b"ColorSpace").cloned().unwrap_or_default();
        let filters = tree::list(document, entries, b"Filter");
        let filter = filters.last().map(|filter| document.resolve(filter)).unwrap_or_default();
        let stencil = document.get(entries, b"ImageMask").as_bool() == Some(true);
        let bits = document.integer(entries, b"BitsPerComponent").unwrap_or(i64::from(stencil));
        let has_mask = |key: &[u8]| !document.get(entries, key).is_null();
        let mut image = PageImage {
            page: 0,
            name: String::new(),
            reference: None,
            width: self.side(entries, b"Width"),
            height: self.side(entries, b"Height"),
            bits: bits.clamp(0, 255) as u8,
            colour_space: space_name(document, resources, &space),
            filter: full_filter(filter.as_name().unwrap_or_default()),
            stencil,
            masked: has_mask(b"SMask") || has_mask(b"Mask"),
            decode_ignored: false,
            file: None,
            mask: None,
            problem: None,
        };
        if !self.options.files {
            return Ok(image);
        }
        match self.files(stream, resources, &mut image) {
            Ok(()) => {}
            Err(Refusal::Image(problem)) => image.problem = Some(problem),
            Err(Refusal::Document(error)) => return Err(error),
        }
        Ok(image)
    }

    fn side(&self, entries: &Dictionary, key: &[u8]) -> u32 {
        self.document.integer(entries, key).unwrap_or(0).clamp(0, MAX_SIDE) as u32
    }

    fn files(
        &mut self,
        stream: &Stream,
        resources: &Dictionary,
        image: &mut PageImage,
    ) -> Result<(), Refusal> {
        match self.content(stream)? {
            Content::File(file) => {
                if file.format == ImageFormat::Jbig2 {
                    image.problem = Some("JBIG2");
                }
                let decode = self.decode(stream.dictionary());
                image.decode_ignored = decode.iter().any(|range| *range != [0.0, 1.0]);
                self.charge(file.bytes.len())?;
                image.file = Some(file);
                image.mask = match self.mask(stream.dictionary())? {
                    Some(Mask::File(file)) => Some(file),
                    Some(Mask::Picture(picture)) => Some(self.png(&picture)?),
                    None => None,
                };
                if let Some(mask) =
                    image.mask.as_ref().filter(|mask| mask.format != ImageFormat::Png)
                {
                    let bytes = mask.bytes.len();
                    self.charge(bytes)?;
                }
            }
            Content::Samples(data, bits) => {
                let picture = self.picture(stream, resources, &data, bits)?;
                let picture = match self.mask(stream.dictionary())? {
                    Some(Mask::Picture(alpha)) => picture.with_alpha(&alpha)?,
                    Some(Mask::File(file)) => {
                        self.charge(file.bytes.len())?;
                        image.mask = Some(file);
                        picture
                    }
                    None => picture,
                };
                image.file = Some(self.png(&picture)?);
            }
        }
        Ok(())
    }

    /// The pixels of an image, without its mask.
    fn picture(
        &self,
        stream: &Stream,
        resources: &Dictionary,
        data: &[u8],
        bits: u32,
    ) -> Result<Picture, Refusal> {
        let document = self.document;
        let entries = stream.dictionary();
        let (width, height) = (self.side(entries, b"Width"), self.side(entries, b"Height"));
        let pixels = u64::from(width) * u64::from(height);
        if pixels > self.options.max_pixels {
            return Err(Refusal::Image("more pixels than the limit"));
        }
        let stencil = document.get(entries, b"ImageMask").as_bool() == Some(true);
        let space = match entries.get(b"ColorSpace") {
            _ if stencil => ColourSpace::Gray,
            Some(space) => ColourSpace::read(document, resources, space)
                .ok_or(Refusal::Image("an unknown colour space"))?,
            None => ColourSpace::Gray,
        };
        check_cost(&space, pixels)?;
        let samples = Samples { width: width as usize, height: height as usize, bits, data };
        samples.picture(&space, &self.decode(entries), &self.colour_key(entries))
    }

    /// Undoes filters, and the fax's.
    fn content(&self, stream: &Stream) -> Result<Content, Refusal> {
        let document = self.document;
        let entries = stream.dictionary();
        let (data, filter) = document.image_data(stream)?;
        let file =
            |format, bytes: &[u8]| Ok(Content::File(ImageFile { format, bytes: bytes.to_vec() }));
        match filter {
            None => {
                let stencil = document.get(entries, b"ImageMask").as_bool() == Some(true);
                let bits = document.integer(entries, b"BitsPerComponent");
                match bits.filter(|_| !stencil).unwrap_or(if stencil { 1 } else { 8 }) {
                    bits @ (1 | 2 | 4 | 8 | 16) => Ok(Content::Samples(data, bits as u32)),
                    _ => Err(Refusal::Image("an unknown number of bits")),
                }
            }
            Some(ImageFilter::Dct) => file(ImageFormat::Jpeg, &data),
            Some(ImageFilter::Jpx) => file(ImageFormat::Jpeg2000, &data),
            Some(ImageFilter::Jbig2) => {
                let globals = self.parameters(entries);
                let globals = document.stream(&globals, b"JBIG2Globals");
                let globals = globals.map(|stream| document.data(&stream)).transpose()?;
                file(ImageFormat::Jbig2, &[globals.as_deref().unwrap_or_default(), &data].concat())
            }
            Some(ImageFilter::CcittFax) => {
                Ok(Content::Samples(self.fax(entries, &data)?.into(), 1))
            }
        }
    }

    fn fax(&self, entries: &Dictionary, data: &[u8]) -> Result<Vec<u8>, Refusal> {
        let document = self.document;
        let parameters = self.parameters(entries);
        let flag = |key: &[u8]| document.get(&parameters, key).as_bool() == Some(true);
        let size = |key: &[u8], or: i64| {
            document.integer(&parameters, key).unwrap_or(or).clamp(0, MAX_SIDE) as usize
        };
        let height = self.side(entries, b"Height") as usize;
        let params = FaxParams {
            k: document.integer(&parameters, b"K").unwrap_or(0),
            columns: size(b"Columns", 1728),
            rows: size(b"Rows", 0),
            byte_align: flag(b"EncodedByteAlign"),
            black_is_1: flag(b"BlackIs1"),
        };
        if params.columns as u64 * height as u64 > self.options.max_pixels {
            return Err(Refusal::Image("more pixels than the limit"));
        }
        if params.columns != self.side(entries, b"Width") as usize {
            return Err(Refusal::Image("a fax that is not as wide as its image"));
        }
        Ok(ccitt::decode(data, &params, height))
    }

    /// The parameters of the last filter.
    fn parameters(&self, entries: &Dictionary) -> Dictionary {
        let list = tree::list(self.document, entries, b"DecodeParms");
        let last = list.last().map(|parameters| self.document.resolve(parameters));
        last.and_then(|parameters| parameters.as_dictionary().cloned()).unwrap_or_default()
    }

    /// Pairs of the `Decode` array; none where there is none.
    fn decode(&self, entries: &Dictionary) -> Vec<[f64; 2]> {
        let array = self.document.array(entries, b"Decode").unwrap_or_default();
        let numbers: Vec<f64> = array
            .iter()
            .take(64)
            .map(|number| self.document.resolve(number).as_number().unwrap_or(0.0))
            .collect();
        numbers.as_chunks::<2>().0.to_vec()
    }

    /// A range for each component (8.9.6.4).
    fn colour_key(&self, entries: &Dictionary) -> Vec<[u32; 2]> {
        let Some(array) = self.document.array(entries, b"Mask") else { return Vec::new() };
        let numbers: Vec<u32> = array
            .iter()
            .take(64)
            .map(|number| {
                self.document.resolve(number).as_integer().unwrap_or(0).clamp(0, 65535) as u32
            })
            .collect();
        numbers.as_chunks::<2>().0.to_vec()
    }

    /// The soft mask, or the stencil that is one: white where the image is to be seen.
    fn mask(&self, entries: &Dictionary) -> Result<Option<Mask>, Refusal> {
        let document = self.document;
        let soft = document.stream(entries, b"SMask");
        let Some(stream) = soft.clone().or_else(|| document.stream(entries, b"Mask")) else {
            return Ok(None);
        };
        match self.content(&stream) {
            Ok(Content::File(file)) => Ok(Some(Mask::File(file))),
            Ok(Content::Samples(data, bits)) => {
                let picture = self.picture(&stream, &Dictionary::default(), &data, bits);
                let mut picture = match picture {
                    // An image whose mask is broken is still an image.
                    Err(Refusal::Image(_)) => return Ok(None),
                    other => other?,
                };
                if soft.is_none() {
                    // 1 is what is masked out (8.9.6.3).
                    for sample in &mut picture.pixels {
                        *sample = !*sample;
                    }
                }
                Ok(Some(Mask::Picture(picture)))
            }
            Err(Refusal::Image(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn png(&mut self, picture: &Picture) -> Result<ImageFile, Refusal> {
        let limit = self.options.max_output_bytes;
        let options =
            PngOptions { max_bytes: limit.saturating_sub(self.written), ..PngOptions::default() };
        let image = Image {
            width: picture.width,
            height: picture.height,
            channels: picture.channels,
            pixels: &picture.pixels,
        };
        let mut bytes = Vec::new();
        encode_png(&image, &options, &mut bytes).map_err(|error| match error {
            FormatError::OutputTooLarge { .. } => {
                Refusal::Document(PdfError::OutputTooLarge { limit })
            }
            FormatError::OutOfMemory { bytes } => {
                Refusal::Document(PdfError::OutOfMemory { bytes })
            }
            _ => Refusal::Image("an image that PNG cannot hold"),
        })?;
        self.charge(bytes.len())?;
        Ok(ImageFile { format: ImageFormat::Png, bytes })
    }

    fn charge(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.written = self.written.saturating_add(bytes as u64);
        let limit = self.options.max_output_bytes;
        if self.written > limit {
            return Err(Refusal::Document(PdfError::OutputTooLarge { limit }));
        }
        Ok(())
    }
}

enum Mask {
    Picture(Picture),
    File(ImageFile),
}

/// Table 94: names of filters may be abbreviated in inline images.
fn full_filter(name: &[u8]) -> String {
    match name {
        b"AHx" => "ASCIIHexDecode".to_owned(),
        b"A85" => "ASCII85Decode".to_owned(),
        b"LZW" => "LZWDecode".to_owned(),
        b"Fl" => "FlateDecode".to_owned(),
        b"RL" => "RunLengthDecode".to_owned(),
        b"CCF" => "CCITTFaxDecode".to_owned(),
        b"DCT" => "DCTDecode".to_owned(),
        name => name_text(name),
    }
}
