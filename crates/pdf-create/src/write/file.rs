//! The file: header, objects, cross-reference table, trailer (ISO 32000-1, 7.5).

use bytemill_gzip::{EncodeError, EncodeOptions, Encoder, Format};
use bytemill_hash::sha256;

use crate::CreateError;
use crate::error::push;
use crate::syntax::Output;

/// A file that grows by objects.
pub(super) struct File {
    output: Output,
    /// Where objects begin; 0 for those that are not written yet. The first is that of object 1.
    offsets: Vec<u64>,
    encoder: Encoder,
}

/// How a stream's data come.
pub(super) enum Data<'a> {
    /// To be compressed.
    Plain(&'a [u8]),
    /// As they are, with a filter that the dictionary names, or none.
    Ready(&'a [u8]),
}

impl File {
    pub(super) fn new(limit: u64) -> Self {
        let mut output = Output::new(limit);
        // Bytes above 127 say to programs that move files that this one is not text.
        output.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
        Self { output, offsets: Vec::new(), encoder: Encoder::new() }
    }

    pub(super) fn limit(&self) -> u64 {
        self.output.limit()
    }

    /// A number for an object that is written later.
    pub(super) fn allocate(&mut self) -> Result<u32, CreateError> {
        push(&mut self.offsets, 0)?;
        Ok(self.offsets.len() as u32)
    }

    fn begin(&mut self, id: u32) {
        if let Some(offset) = self.offsets.get_mut((id as usize).wrapping_sub(1)) {
            *offset = self.output.bytes().len() as u64;
        }
        self.output.integer(id.into()).put(" 0 obj\n");
    }

    /// Writes an object.
    pub(super) fn object(
        &mut self,
        id: u32,
        write: impl FnOnce(&mut Output),
    ) -> Result<(), CreateError> {
        self.begin(id);
        write(&mut self.output);
        self.output.put("\nendobj\n");
        self.output.check()
    }

    /// Writes a stream, whose dictionary has what `entries` writes beside the length.
    pub(super) fn stream(
        &mut self,
        id: u32,
        data: &Data<'_>,
        entries: impl FnOnce(&mut Output),
    ) -> Result<(), CreateError> {
        let mut compressed = Vec::new();
        let bytes = match data {
            Data::Plain(plain) => {
                let options = EncodeOptions { format: Format::Zlib, ..EncodeOptions::default() };
                self.encoder.compress(plain, &options, &mut compressed).map_err(|error| {
                    let bytes = match error {
                        EncodeError::OutOfMemory { bytes } => bytes,
                        _ => plain.len(),
                    };
                    CreateError::OutOfMemory { bytes }
                })?;
                &compressed
            }
            Data::Ready(ready) => *ready,
        };
        self.begin(id);
        let output = self.output.put("<<");
        entries(output);
        if matches!(data, Data::Plain(_)) {
            output.put("/Filter/FlateDecode");
        }
        output.put("/Length ").whole(bytes.len() as u64).put(">>stream\n");
        output.put(bytes).put("\nendstream\nendobj\n");
        self.output.check()
    }

    /// Writes the table and the trailer.
    pub(super) fn finish(
        mut self,
        catalog: u32,
        info: Option<u32>,
    ) -> Result<Vec<u8>, CreateError> {
        let output = &mut self.output;
        // The identity of the file is that of its content, so that equal documents are equal files.
        let digest = sha256::digest(output.bytes());
        let start = output.bytes().len() as u64;
        let size = self.offsets.len() as u64 + 1;
        output.put("xref\n0 ").whole(size).put("\n0000000000 65535 f \n");
        for offset in &self.offsets {
            output.padded(*offset, 10);
            output.put(if *offset == 0 { " 65535 f \n" } else { " 00000 n \n" });
        }
        output.put("trailer\n<</Size ").whole(size);
        output.put("/Root ").reference(catalog);
        if let Some(info) = info {
            output.put("/Info ").reference(info);
        }
        output.put("/ID[");
        for _ in 0..2 {
            output.put("<").hex(&digest[..16]).put(">");
        }
        output.put("]>>\nstartxref\n").whole(start).put("\n%%EOF\n");
        self.output.finish()
    }
}
