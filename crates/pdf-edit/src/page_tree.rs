//! The page tree of the new document (ISO 32000-1, 7.7.3), balanced, so that readers find a page in few steps.

use std::sync::Arc;

use bytemill_pdf_objects::Object;

use crate::EditError;
use crate::copier::reserve;
use crate::write::{Writer, dictionary, name, reference};

/// Kids of a node.
const FAN: usize = 32;

/// Numbers of a tree's nodes, known before its pages are.
#[derive(Debug)]
pub(crate) struct PageTree {
    pages: Vec<u32>,
    /// From the parents of pages up to the root.
    levels: Vec<Vec<u32>>,
}

impl PageTree {
    /// Numbers for the nodes above that many pages.
    pub(crate) fn new(writer: &mut Writer<'_>, pages: usize) -> Result<Self, EditError> {
        let mut levels = Vec::new();
        let mut nodes = pages;
        loop {
            nodes = nodes.div_ceil(FAN).max(1);
            let mut level = Vec::new();
            reserve(&mut level, nodes)?;
            for _ in 0..nodes {
                level.push(writer.reserve()?);
            }
            levels.push(level);
            if nodes == 1 {
                break;
            }
        }
        let mut list = Vec::new();
        reserve(&mut list, pages)?;
        Ok(Self { pages: list, levels })
    }

    /// The parent of the page that comes next.
    pub(crate) fn add(&mut self, number: u32) -> Object {
        let parent = self.levels[0].get(self.pages.len() / FAN).copied();
        self.pages.push(number);
        parent.map_or(Object::Null, reference)
    }

    /// The root's number.
    pub(crate) fn root(&self) -> u32 {
        self.levels.last().and_then(|level| level.first()).copied().unwrap_or_default()
    }

    /// Writes the nodes.
    pub(crate) fn finish(self, writer: &mut Writer<'_>) -> Result<(), EditError> {
        let mut kids = self.pages;
        let mut pages: Vec<usize> = vec![1; kids.len()];
        for (height, level) in self.levels.iter().enumerate() {
            let mut counts = Vec::new();
            for (index, number) in level.iter().enumerate() {
                let range = index * FAN..kids.len().min((index + 1) * FAN);
                let count: usize = pages[range.clone()].iter().sum();
                let own: Arc<[Object]> = kids[range].iter().map(|kid| reference(*kid)).collect();
                let above = self.levels.get(height + 1).and_then(|level| level.get(index / FAN));
                let node = dictionary([
                    (b"Type", name(b"Pages")),
                    (b"Count", Object::Integer(count as i64)),
                    (b"Kids", Object::Array(own)),
                    (b"Parent", above.map_or(Object::Null, |number| reference(*number))),
                ]);
                writer.object(*number, &node)?;
                counts.push(count);
            }
            kids.clone_from(level);
            pages = counts;
        }
        Ok(())
    }
}
