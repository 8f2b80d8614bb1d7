//! The closed list of error codes and the error that carries one.

use alloc::borrow::Cow;

/// Declares [`Code`] once: number, name in JavaScript, and the sentence that documents it.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $number:literal, $name:literal;)+) => {
        /// What went wrong. Codes are added to, never renamed or renumbered.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        pub enum Code { $($(#[doc = $doc])+ $variant = $number,)+ }

        impl Code {
            /// Every code with its number, name and documentation, in order.
            pub const ALL: &'static [(Code, &'static str, &'static str)] =
                &[$((Code::$variant, $name, concat!($($doc),+)),)+];

            /// The name in JavaScript, such as `ERR_INVALID_DATA`.
            pub const fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }
        }
    };
}

codes! {
    /// An argument has the wrong type or lies outside its range; the message names it.
    InvalidArgument = 1, "ERR_INVALID_ARGUMENT";
    /// The input is not what its format demands.
    InvalidData = 2, "ERR_INVALID_DATA";
    /// The input ends before its format says that it does.
    Truncated = 3, "ERR_TRUNCATED";
    /// A stored checksum differs from the one of the data.
    Checksum = 4, "ERR_CHECKSUM";
    /// The input is well-formed but uses a feature that is not supported; the message names it.
    Unsupported = 5, "ERR_UNSUPPORTED";
    /// A limit was reached; `limit` names the option that sets it.
    LimitExceeded = 6, "ERR_LIMIT_EXCEEDED";
    /// Memory for the operation could not be had.
    OutOfMemory = 7, "ERR_OUT_OF_MEMORY";
    /// The document is encrypted and the password is missing or wrong.
    Password = 8, "ERR_PASSWORD";
    /// A stateful object was used after its release.
    Released = 9, "ERR_RELEASED";
    /// The call's `signal` was aborted.
    Aborted = 10, "ERR_ABORTED";
    /// The call took longer than `timeoutMs`.
    Timeout = 11, "ERR_TIMEOUT";
    /// Too many calls are waiting already.
    Busy = 12, "ERR_BUSY";
    /// The backend cannot be had here, or is not ready yet.
    Unavailable = 13, "ERR_UNAVAILABLE";
    /// A bug of ours: please report it with the message.
    Internal = 14, "ERR_INTERNAL";
}

/// A failure of one item, or of a whole batch before its first item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The code to branch on.
    pub code: Code,
    /// One sentence for people: what was expected and what came.
    pub message: Cow<'static, str>,
    /// Where in the input, in bytes, where that is known.
    pub offset: Option<u64>,
    /// The option that sets the limit, in JavaScript's spelling, for [`Code::LimitExceeded`].
    pub limit: Option<&'static str>,
}

impl Error {
    /// An error with a code and a sentence.
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), offset: None, limit: None }
    }

    /// An exceeded limit and the option (JavaScript's spelling) that sets it.
    pub fn limit(option: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { limit: Some(option), ..Self::new(Code::LimitExceeded, message) }
    }

    /// The same error with the place in the input that it concerns.
    #[must_use]
    pub fn at(self, offset: u64) -> Self {
        Self { offset: Some(offset), ..self }
    }
}
