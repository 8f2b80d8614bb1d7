//! Items to the content of a page.

mod content;
mod rotation;
mod shapes;
mod text;
mod usage;

pub(crate) use content::{Content, Needs};
pub(crate) use shapes::{image, shape};
pub(crate) use text::text;
pub(crate) use usage::Usage;
