//! Compression: the engine's parameters, and its output in pieces.

use core::fmt;

use brotli::enc::StandardAlloc;
use brotli::enc::encode::{
    BrotliEncoderOperation as Operation, BrotliEncoderParameter as Parameter,
    BrotliEncoderStateStruct as State,
};

use crate::EncodeError;

/// What the content is, for the choice of contexts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Anything.
    #[default]
    Generic,
    /// Text in UTF-8.
    Text,
    /// A font in WOFF 2.0.
    Font,
}

/// How to compress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeOptions {
    /// 0 (fast) to 11 (small).
    pub quality: u8,
    /// How far back matches may reach, as a base-two logarithm, 10 to 24.
    pub window_bits: u8,
    /// What the content is.
    pub mode: Mode,
    /// About how large the content will be, in bytes; 0 where that is not known. [`compress`] knows it.
    pub size_hint: u32,
}

impl Default for EncodeOptions {
    /// Quality 11 and a window of 4 MiB, as the reference implementation.
    fn default() -> Self {
        Self { quality: 11, window_bits: 22, mode: Mode::Generic, size_hint: 0 }
    }
}

const QUALITIES: core::ops::RangeInclusive<u8> = 0..=11;
const WINDOWS: core::ops::RangeInclusive<u8> = 10..=24;
/// The decoder keeps this much of a window for itself (RFC 7932, 9.1).
const WINDOW_GAP: usize = 16;

/// Compresses `input` into one stream, appended to `output`. On an error `output` is as before.
///
/// The window is made no larger than the input needs, so that decoders need no more memory than that.
///
/// # Errors
///
/// Every variant of [`EncodeError`] but [`EncodeError::Ended`].
pub fn compress(
    input: &[u8],
    options: &EncodeOptions,
    output: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let before = output.len();
    // Checked before it is narrowed: what is out of range stays an error.
    checked(*options)?;
    let enough = WINDOWS.into_iter().find(|bits| (1_usize << bits) - WINDOW_GAP >= input.len());
    let options = EncodeOptions {
        window_bits: options.window_bits.min(enough.unwrap_or(*WINDOWS.end())),
        size_hint: u32::try_from(input.len()).unwrap_or(u32::MAX),
        ..*options
    };
    let mut encoder = StreamEncoder::new(&options)?;
    encoder
        .run(Operation::BROTLI_OPERATION_FINISH, input, output)
        .inspect_err(|_| output.truncate(before))
}

fn checked(options: EncodeOptions) -> Result<(), EncodeError> {
    let EncodeOptions { quality, window_bits, .. } = options;
    if !QUALITIES.contains(&quality) {
        return Err(EncodeError::Quality { quality });
    }
    if !WINDOWS.contains(&window_bits) {
        return Err(EncodeError::Window { window_bits });
    }
    Ok(())
}

/// Compresses bytes that come in pieces into one stream.
pub struct StreamEncoder {
    state: Box<State<StandardAlloc>>,
    ended: bool,
}

impl fmt::Debug for StreamEncoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamEncoder").finish_non_exhaustive()
    }
}

impl StreamEncoder {
    /// An encoder of a stream with no content so far.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Quality`] and [`EncodeError::Window`].
    pub fn new(options: &EncodeOptions) -> Result<Self, EncodeError> {
        checked(*options)?;
        let mut state = Box::new(State::new(StandardAlloc::default()));
        for (parameter, value) in [
            (Parameter::BROTLI_PARAM_QUALITY, u32::from(options.quality)),
            (Parameter::BROTLI_PARAM_LGWIN, u32::from(options.window_bits)),
            (Parameter::BROTLI_PARAM_MODE, options.mode as u32),
            (Parameter::BROTLI_PARAM_SIZE_HINT, options.size_hint),
        ] {
            if !state.set_parameter(parameter, value) {
                return Err(EncodeError::Engine);
            }
        }
        Ok(Self { state, ended: false })
    }

    /// Takes more content and appends what is ready to `output`.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`] and [`EncodeError::Engine`], after which the stream is over, and
    /// [`EncodeError::Ended`].
    pub fn push(&mut self, input: &[u8], output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.run(Operation::BROTLI_OPERATION_PROCESS, input, output)
    }

    /// Appends all that was pushed so far, so that a decoder can read it.
    ///
    /// # Errors
    ///
    /// As of [`StreamEncoder::push`].
    pub fn flush(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.run(Operation::BROTLI_OPERATION_FLUSH, &[], output)
    }

    /// Appends the rest of the stream.
    ///
    /// # Errors
    ///
    /// As of [`StreamEncoder::push`].
    pub fn finish(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.run(Operation::BROTLI_OPERATION_FINISH, &[], output)?;
        self.ended = true;
        Ok(())
    }

    fn run(
        &mut self,
        operation: Operation,
        input: &[u8],
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        if self.ended {
            return Err(EncodeError::Ended);
        }
        let (mut at, mut left) = (0, input.len());
        let result = loop {
            // Without room of its own: what is ready is taken from the engine's buffer.
            let went_on = self.state.compress_stream(
                operation,
                &mut left,
                input,
                &mut at,
                &mut 0,
                &mut [],
                &mut 0,
                &mut None,
                &mut |_, _, _, _| (),
            );
            if !went_on {
                break Err(EncodeError::Engine);
            }
            if let Err(error) = self.drain(output) {
                break Err(error);
            }
            let finished = match operation {
                Operation::BROTLI_OPERATION_FINISH => self.state.is_finished(),
                _ => left == 0 && !self.state.has_more_output(),
            };
            if finished {
                break Ok(());
            }
        };
        result.inspect_err(|_| self.ended = true)
    }

    fn drain(&mut self, output: &mut Vec<u8>) -> Result<(), EncodeError> {
        while self.state.has_more_output() {
            let mut len = 0;
            let ready = self.state.take_output(&mut len);
            let ready = ready.get(..len).unwrap_or(ready);
            output
                .try_reserve(ready.len())
                .map_err(|_| EncodeError::OutOfMemory { bytes: ready.len() })?;
            output.extend_from_slice(ready);
        }
        Ok(())
    }
}
