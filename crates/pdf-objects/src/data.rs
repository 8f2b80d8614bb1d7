//! The data of streams (ISO 32000-1, 7.3.8 and 7.4).

use std::borrow::Cow;
use std::sync::Arc;

use crate::document::DATA_CACHE;
use crate::filters::{self, Filter, ImageFilter, Params};
use crate::stream::Body;
use crate::{Dictionary, Document, Object, PdfError, Stream, stream_data};

/// Filters of one stream.
const MAX_FILTERS: usize = 16;

impl Document<'_> {
    /// The data of a stream: decrypted, all filters undone. What decodes before a damage counts.
    ///
    /// # Errors
    ///
    /// [`PdfError::Unsupported`] where a filter is unknown or one of images, [`PdfError::StreamTooLarge`],
    /// [`PdfError::OutOfMemory`].
    pub fn data(&self, stream: &Stream) -> Result<Arc<[u8]>, PdfError> {
        let key = match stream.body() {
            Body::File { start, .. } => Some(*start),
            Body::Memory(_) => None,
        };
        if let Some(data) = key.and_then(|key| self.data.borrow_mut().get(key)) {
            return Ok(data);
        }
        let data: Arc<[u8]> = self.decode_stream(stream)?.into();
        let cost = data.len() + 64;
        if let Some(key) = key
            && cost <= DATA_CACHE / 4
        {
            self.data.borrow_mut().insert(key, Arc::clone(&data), cost);
        }
        Ok(data)
    }

    /// The data of an image: as [`Self::data`], but a last filter that is a format of images is left to the caller.
    ///
    /// # Errors
    ///
    /// Those of [`Self::data`].
    pub fn image_data(
        &self,
        stream: &Stream,
    ) -> Result<(Arc<[u8]>, Option<ImageFilter>), PdfError> {
        let raw = self.raw(stream)?;
        let (data, image) = self.undo(stream.dictionary(), &raw, true)?;
        Ok((data.map_or_else(|| raw.as_ref().into(), Arc::from), image))
    }

    /// Bytes of the file.
    pub fn size(&self) -> usize {
        self.input.len()
    }

    /// The bytes of a stream, decrypted, filters not undone.
    ///
    /// # Errors
    ///
    /// [`PdfError::StreamTooLarge`] where the same bytes are read again and again, [`PdfError::Password`] where only
    /// attachments are encrypted and this is one.
    pub fn raw<'b>(&'b self, stream: &'b Stream) -> Result<Cow<'b, [u8]>, PdfError> {
        let bytes = self.raw_uncounted(stream)?;
        if let Body::File { .. } = stream.body() {
            self.budget.read(bytes.len())?;
        }
        Ok(bytes)
    }

    /// As [`Self::raw`], for those who count what they copy themselves: the same bytes may be read any number of times.
    ///
    /// # Errors
    ///
    /// [`PdfError::Password`] as with [`Self::raw`], [`PdfError::OutOfMemory`].
    pub fn raw_uncounted<'b>(&'b self, stream: &'b Stream) -> Result<Cow<'b, [u8]>, PdfError> {
        match stream.body() {
            Body::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
            Body::File { start, reference } => {
                let end = self.stream_end(*start, stream.dictionary());
                let bytes = &self.input[*start..end];
                let Some(security) = &self.security else { return Ok(Cow::Borrowed(bytes)) };
                let filter = self.crypt_filter(stream.dictionary());
                let key = security.stream(*reference, stream.dictionary(), filter.as_deref())?;
                let Some(key) = key else { return Ok(Cow::Borrowed(bytes)) };
                let mut plain = Vec::new();
                plain
                    .try_reserve_exact(bytes.len())
                    .map_err(|_| PdfError::OutOfMemory { bytes: bytes.len() })?;
                plain.extend_from_slice(bytes);
                key.decrypt(&mut plain);
                Ok(Cow::Owned(plain))
            }
        }
    }

    /// Undoes the filters that a dictionary names, abbreviated or not: for the data of inline images.
    ///
    /// # Errors
    ///
    /// Those of [`Self::data`].
    pub fn decode(&self, dictionary: &Dictionary, bytes: &[u8]) -> Result<Arc<[u8]>, PdfError> {
        self.budget.read(bytes.len())?;
        let (data, _) = self.undo(dictionary, bytes, false)?;
        Ok(data.map_or_else(|| bytes.into(), Arc::from))
    }

    pub(crate) fn decode_stream(&self, stream: &Stream) -> Result<Vec<u8>, PdfError> {
        let raw = self.raw(stream)?;
        let (data, _) = self.undo(stream.dictionary(), &raw, false)?;
        Ok(data.unwrap_or_else(|| raw.into_owned()))
    }

    /// Undoes filters; nothing where there are none.
    fn undo(
        &self,
        dictionary: &Dictionary,
        input: &[u8],
        images: bool,
    ) -> Result<(Option<Vec<u8>>, Option<ImageFilter>), PdfError> {
        let either = |long: &[u8], short: &[u8]| match self.get(dictionary, long) {
            Object::Null => self.get(dictionary, short),
            object => object,
        };
        let names = either(b"Filter", b"F");
        let params = either(b"DecodeParms", b"DP");
        let names = match &names {
            Object::Array(names) => names,
            Object::Name(_) => std::slice::from_ref(&names),
            _ => return Ok((None, None)),
        };
        if names.len() > MAX_FILTERS {
            return Err(PdfError::Unsupported { feature: "more than 16 filters of a stream" });
        }
        let mut data: Option<Vec<u8>> = None;
        for (index, name) in names.iter().enumerate() {
            let name = self.resolve(name);
            let filter = name.as_name().and_then(Filter::from_name);
            match filter {
                Some(Filter::Crypt) => continue,
                Some(Filter::Image(filter)) if images => return Ok((data, Some(filter))),
                None | Some(Filter::Image(_)) => {
                    return Err(PdfError::Unsupported { feature: "the filter of a stream" });
                }
                Some(_) => {}
            }
            let params = match &params {
                Object::Array(all) => all.get(index).map(|params| self.resolve(params)),
                params => Some(params.clone()),
            };
            let params = params.as_ref().and_then(Object::as_dictionary);
            let params = params.map_or_else(Params::default, |params| {
                Params::read(|key| self.integer(params, key))
            });
            let bytes = data.as_deref().unwrap_or(input);
            let mut salvager = self.salvager.borrow_mut();
            let filter = filter.unwrap_or(Filter::Crypt);
            data = Some(filters::decode(filter, bytes, &params, &mut salvager, &self.budget)?);
        }
        Ok((data, None))
    }

    /// The name of a stream's own crypt filter (7.4.10).
    fn crypt_filter(&self, dictionary: &Dictionary) -> Option<Arc<[u8]>> {
        let (filter, params) =
            (self.get(dictionary, b"Filter"), self.get(dictionary, b"DecodeParms"));
        let first = |object: Object| match object {
            Object::Array(all) => all.first().map_or(Object::Null, |first| self.resolve(first)),
            object => object,
        };
        if first(filter).as_name() != Some(b"Crypt") {
            return None;
        }
        let name = first(params).as_dictionary().and_then(|params| self.name(params, b"Name"));
        Some(name.unwrap_or_else(|| b"Identity".as_slice().into()))
    }

    /// Where the bytes end: as the dictionary has it if that is true, else before the next `endstream`.
    fn stream_end(&self, start: usize, dictionary: &Dictionary) -> usize {
        let length = self.integer(dictionary, b"Length");
        if let Some(end) = stream_data::declared_end(self.input, start, length) {
            return end;
        }
        let end = self.next_endstream(start);
        if end < self.input.len() {
            return stream_data::before_line_end(self.input, start, end);
        }
        // The file is cut, or the keyword is broken.
        let declared = length.and_then(|length| start.checked_add(usize::try_from(length).ok()?));
        declared.map_or(end, |declared| declared.min(end))
    }

    /// The next `endstream`, or the end of the file. No byte is searched twice for it.
    fn next_endstream(&self, start: usize) -> usize {
        let mut endless = self.endless.borrow_mut();
        if let Some((_, end)) = endless.range(..=start).next_back()
            && start < *end
        {
            return *end;
        }
        let known = endless.range(start..).next().map(|(from, end)| (*from, *end));
        // A keyword across the border of what is known begins before it.
        let until = known.map_or(self.input.len(), |(from, _)| (from + 8).min(self.input.len()));
        let found = memchr::memmem::find(&self.input[start..until], b"endstream");
        let end = match (found, known) {
            (Some(found), _) => start + found,
            (None, Some((from, end))) => {
                endless.remove(&from);
                end
            }
            (None, None) => self.input.len(),
        };
        if end > start {
            endless.insert(start, end);
        }
        end
    }
}
