//! What lies beside the text of a document: description, outline, links, forms, files, labels, fonts and images.
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "numbers of files are clipped where they are narrowed; the names of the formulas"
)]

mod attachments;
mod destination;
mod font_list;
mod form;
#[cfg(feature = "images")]
mod images;
mod info;
mod labels;
mod links;
mod md5;
mod outline;
mod pages;
mod strings;
mod tree;
mod xmp;

pub use attachments::{Attachment, attachments};
pub use destination::{Destination, NamedDestination, Target, View, destinations};
pub use font_list::{FontInfo, FontKind, fonts};
pub use form::{FieldKind, FieldOption, FormField, FormKind, Widget, form_fields, form_kind};
#[cfg(feature = "images")]
pub use images::{ImageFile, ImageFormat, ImageOptions, PageImage, images};
pub use info::{Info, PageSize, info, page_sizes};
pub use labels::page_labels;
pub use links::{Link, links};
pub use outline::{OutlineItem, outline};
pub use pages::PageRange;
