//! A document to a file.

mod attachments;
mod create;
mod embedded;
mod file;
mod info;
mod outline;
mod pages;
mod profile;
mod resources;

pub use create::{Created, Rest, create};
