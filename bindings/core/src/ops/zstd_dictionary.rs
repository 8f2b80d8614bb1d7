//! Dictionaries of zstd, read once for many calls.

use std::cell::RefCell;
use std::sync::Arc;

use bytemill_zstd::Dictionary;

use crate::{Code, Error};

thread_local! {
    /// The dictionary of the call before, which most calls use again, and the bytes that it was made from.
    static LAST: RefCell<Option<(Vec<u8>, Arc<Dictionary>)>> = const { RefCell::new(None) };
}

/// The dictionary in these bytes; reading it again and again would cost more than small messages do.
pub(super) fn dictionary(bytes: &[u8]) -> Result<Arc<Dictionary>, Error> {
    LAST.with_borrow_mut(|last| {
        if let Some((from, dictionary)) = last
            && from == bytes
        {
            return Ok(dictionary.clone());
        }
        let dictionary = Dictionary::parse(bytes)
            .map_err(|error| Error::new(Code::InvalidArgument, format!("dictionary: {error}")))?;
        let dictionary = Arc::new(dictionary);
        *last = Some((bytes.to_vec(), dictionary.clone()));
        Ok(dictionary)
    })
}
