//! What samples become with a dictionary: their sequences, and their size.

use alloc::vec;
use alloc::vec::Vec;

use super::TrainError;
use crate::EncodeError;
use crate::dictionary::Entropy;
use crate::encode::entropy::literals::LiteralsState;
use crate::encode::entropy::sequences::SequencesState;
use crate::encode::finder::{Finder, Span};
use crate::encode::params::Params;
use crate::encode::store::{BLOCK, Store};

/// What a bit writer may write past its end, and more.
const SLACK: usize = 512;

/// An encoder for one block after another, each of which follows the same content.
pub(super) struct Trial {
    params: Params,
    /// After the content was entered.
    loaded: Finder,
    finder: Finder,
    pub(super) store: Store,
    /// The content, and then the sample.
    buffer: Vec<u8>,
    content: usize,
    base: u32,
    offsets: [u32; 3],
    literals: LiteralsState,
    sequences: SequencesState,
    scratch: Vec<u8>,
}

impl Trial {
    /// Enters `content`, after which samples of about `typical` bytes will come.
    pub(super) fn new(
        content: &[u8],
        offsets: [u32; 3],
        level: i32,
        typical: usize,
    ) -> Result<Self, TrainError> {
        let typical = typical.min(BLOCK);
        let params = Params::new(level, Some((content.len() + typical) as u64), 0);
        let mut buffer = Vec::new();
        let bytes = content.len() + BLOCK;
        buffer.try_reserve_exact(bytes).map_err(|_| TrainError::OutOfMemory { bytes })?;
        // What is out of reach from the first byte on is never found.
        let content = &content[content.len().saturating_sub(1 << params.window_log)..];
        buffer.extend_from_slice(content);
        let mut loaded = Finder::new();
        let mut finder = Finder::new();
        let base = loaded.begin(&params)?;
        finder.begin(&params)?;
        let mut trial = Self {
            params,
            loaded,
            finder,
            store: Store::new(),
            content: content.len(),
            buffer,
            base,
            offsets,
            literals: LiteralsState::new(),
            sequences: SequencesState::new(),
            scratch: vec![0; BLOCK + SLACK],
        };
        let end = trial.content;
        let span = span(&trial.buffer, (0, end), trial.base, &trial.params);
        trial.loaded.load(&span, &trial.params);
        Ok(trial)
    }

    /// Finds the sequences of the first block of a sample, and leaves them in the store.
    pub(super) fn parse(&mut self, sample: &[u8]) {
        let sample = &sample[..sample.len().min(BLOCK)];
        self.buffer.truncate(self.content);
        self.buffer.extend_from_slice(sample);
        self.finder.copy_from(&self.loaded);
        self.store.clear(sample.len());
        self.store.offsets = self.offsets;
        let end = self.buffer.len();
        let span = span(&self.buffer, (self.content, end), self.base, &self.params);
        let tail = self.finder.block(&span, &self.params, &mut self.store);
        self.store.tail(&self.buffer, tail, end - tail);
    }

    /// The size of the first block of a sample, with tables that the block may repeat.
    pub(super) fn size(&mut self, sample: &[u8], entropy: &Entropy) -> usize {
        self.parse(sample);
        let raw = sample.len().min(BLOCK);
        self.literals.reset();
        self.sequences.reset();
        self.literals.start_from(entropy);
        self.sequences.start_from(entropy);
        let literals = self.store.literals();
        let out = &mut self.scratch;
        self.literals
            .write(literals, self.params.strategy, true, false, out)
            .and_then(|at| {
                let sequences = self.sequences.write(&self.store.sequences, out.get_mut(at..)?)?;
                Some(at + sequences)
            })
            .map_or(raw, |size| size.min(raw))
    }
}

/// All of what lies before the block is within reach.
fn span<'a>(buf: &'a [u8], (start, end): (usize, usize), base: u32, params: &Params) -> Span<'a> {
    Span { buf, start, end, base, low: base, window: 1 << params.window_log }
}

impl From<EncodeError> for TrainError {
    fn from(error: EncodeError) -> Self {
        match error {
            EncodeError::OutOfMemory { bytes } => Self::OutOfMemory { bytes },
            EncodeError::Level { level } => Self::Level { level },
            // Neither is asked for here.
            EncodeError::WindowLog { .. } | EncodeError::ContentSize { .. } => {
                Self::OutOfMemory { bytes: 0 }
            }
        }
    }
}
