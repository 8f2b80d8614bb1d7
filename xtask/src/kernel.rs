//! placeholder
use crate::shell::Outcome;
pub(crate) fn add(_: &str) -> Outcome {
    Ok(())
}
pub(crate) fn remove(_: &str) -> Outcome {
    Ok(())
}
