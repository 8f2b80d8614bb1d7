//! Object streams (ISO 32000-1, 7.5.7).

use std::sync::Arc;

use crate::chars::{digits, skip_space};
use crate::lexer::Lexer;
use crate::parser::Parser;
use crate::xref::Place;
use crate::{Document, Object, PdfError, Reference};

/// Object streams that wait for others.
const MAX_LOADING: usize = 8;

/// An object stream, inflated.
pub(crate) struct ObjectStream {
    data: Vec<u8>,
    /// Numbers, and where the objects begin.
    index: Vec<(u32, u32)>,
    /// Numbers with their places in the index, sorted.
    by_number: Vec<(u32, u32)>,
}

impl ObjectStream {
    /// Reads the pairs of numbers before the first object.
    fn new(data: Vec<u8>, count: i64, first: i64) -> Self {
        let mut index = Vec::new();
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        let mut at = 0;
        for _ in 0..count {
            let Some((number, end)) = digits(&data, skip_space(&data, at)) else { break };
            let Some((offset, end)) = digits(&data, skip_space(&data, end)) else { break };
            at = end;
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let offset = u32::try_from(offset).unwrap_or(u32::MAX);
            index.push((number, first.saturating_add(offset)));
        }
        let mut by_number: Vec<_> = index.iter().map(|(number, _)| *number).zip(0..).collect();
        by_number.sort_unstable();
        Self { data, index, by_number }
    }

    /// Where an object begins: the one at a place in the index if it has the number, or else the first that has it.
    fn offset(&self, number: u32, place: u32) -> Option<usize> {
        let has = |place: u32| self.index.get(place as usize).filter(|(found, _)| *found == number);
        let entry = has(place).or_else(|| {
            let at = self.by_number.partition_point(|(found, _)| *found < number);
            has(self.by_number.get(at)?.1)
        });
        entry.map(|(_, offset)| (*offset as usize).min(self.data.len()))
    }

    /// How many objects there are.
    pub(crate) fn len(&self) -> usize {
        self.index.len()
    }

    /// The numbers of the objects, in their order.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.index.iter().map(|(number, _)| *number)
    }
}

impl Document<'_> {
    /// An object of an object stream, found by its place there or else by its number.
    pub(crate) fn compressed(
        &self,
        number: u32,
        stream: u32,
        index: u32,
    ) -> Result<Option<Object>, PdfError> {
        let Some(stream) = self.object_stream(stream)? else { return Ok(None) };
        let Some(start) = stream.offset(number, index) else { return Ok(None) };
        let mut builder = self.builder.borrow_mut();
        let mut parser = Parser::new(Lexer::at(&stream.data, start), &mut builder, None);
        let object = parser.object();
        self.budget.parsed(parser.lexer.position() - start)?;
        object.map(Some)
    }

    /// An object stream, inflated if it is not in the cache.
    pub(crate) fn object_stream(&self, number: u32) -> Result<Option<Arc<ObjectStream>>, PdfError> {
        if let Some(stream) = self.object_streams.borrow_mut().get(number as usize) {
            return Ok(Some(stream));
        }
        // What is needed to read the stream may be said to be in the stream, or in others without an end.
        let depth = self.loading.borrow().len();
        if depth == MAX_LOADING || self.loading.borrow().contains(&number) {
            return Ok(None);
        }
        self.loading.borrow_mut().push(number);
        let stream = self.load_object_stream(number);
        self.loading.borrow_mut().pop();
        stream
    }

    fn load_object_stream(&self, number: u32) -> Result<Option<Arc<ObjectStream>>, PdfError> {
        let Object::Stream(stream) = self.plain_object(number) else { return Ok(None) };
        let dictionary = stream.dictionary();
        let count = self.integer(dictionary, b"N").unwrap_or(i64::MAX);
        let Some(first) = self.integer(dictionary, b"First") else { return Ok(None) };
        let data = self.decode_stream(&stream)?;
        let cost = data.len();
        let stream = Arc::new(ObjectStream::new(data, count, first));
        let cost = cost + stream.index.len() * 16;
        self.object_streams.borrow_mut().insert(number as usize, Arc::clone(&stream), cost);
        Ok(Some(stream))
    }

    /// An object that is in no object stream.
    fn plain_object(&self, number: u32) -> Object {
        let entry = self.entry(number);
        if entry.is_some_and(|entry| matches!(entry.place, Place::Compressed { .. })) {
            return Object::Null;
        }
        self.object(Reference { number, generation: 0 })
    }
}
