//! The page tree (ISO 32000-1, 7.7.3): pages by their numbers, without looking at all of them.
//!
//! The nodes are looked at once. Where a node counts as many pages as it has kids, those are the pages, and they are not
//! looked at before they are asked for.

use std::sync::Arc;

use crate::page::Page;
use crate::{Dictionary, Document, Object, PdfError, Reference};

/// Nodes above a page.
const MAX_DEPTH: usize = 64;

/// A node, and those above it.
#[derive(Debug)]
pub(crate) struct Above {
    pub(crate) dictionary: Dictionary,
    pub(crate) above: Option<Arc<Above>>,
}

/// Pages that follow each other under one node.
struct Run {
    /// The number of the first, counted from 0.
    page: u32,
    kids: Arc<[Object]>,
    /// Which of the kids it is, and how many there are.
    first: u32,
    count: u32,
    above: Option<Arc<Above>>,
}

/// What is known of the tree.
#[derive(Clone, Default)]
pub(crate) struct Tree {
    walked: Option<Arc<Runs>>,
}

#[derive(Default)]
struct Runs {
    all: Vec<Run>,
    count: u32,
    /// Every kid was looked at.
    exact: bool,
}

/// A walk through the tree.
struct Walk<'a, 'b> {
    document: &'b Document<'a>,
    runs: Runs,
    /// Nodes from the root to here.
    path: Vec<Reference>,
    depth: usize,
    visits: u64,
}

impl Document<'_> {
    /// How many pages there are; what is over the limit does not count, and [`Document::check`] tells. A node is believed
    /// that counts as many pages as it has kids: should [`Document::page`] find another node among them, the number
    /// changes.
    pub fn page_count(&self) -> u32 {
        self.runs().count
    }

    /// A page, counted from 0; none past the last. One that is missing or broken has an empty dictionary.
    pub fn page(&self, index: u32) -> Option<Page> {
        let runs = self.runs();
        if index >= runs.count {
            return None;
        }
        self.page_of(&runs, index).or_else(|| {
            // A node where a page was counted: all kids have to be looked at.
            let runs = self.walk(true);
            self.pages.borrow_mut().walked = Some(Arc::clone(&runs));
            self.page_of(&runs, index)
        })
    }

    /// None past the last page, and where there is a node instead of a page.
    fn page_of(&self, runs: &Runs, index: u32) -> Option<Page> {
        let at = runs.all.partition_point(|run| run.page <= index).checked_sub(1)?;
        let run = &runs.all[at];
        let after = index - run.page;
        let kid = run.kids.get((run.first + after) as usize).filter(|_| after < run.count)?;
        let dictionary = self.resolve(kid).as_dictionary().cloned().unwrap_or_default();
        if !runs.exact && self.kids(&dictionary).is_some() {
            return None;
        }
        Some(Page { reference: kid.as_reference(), dictionary, above: run.above.clone() })
    }

    fn runs(&self) -> Arc<Runs> {
        if let Some(runs) = &self.pages.borrow().walked {
            return Arc::clone(runs);
        }
        let runs = self.walk(false);
        self.pages.borrow_mut().walked = Some(Arc::clone(&runs));
        runs
    }

    fn walk(&self, exact: bool) -> Arc<Runs> {
        let runs = Runs { exact, ..Runs::default() };
        let mut walk = Walk { document: self, runs, path: Vec::new(), depth: 0, visits: 0 };
        if let Some(root) = self.catalog().get(b"Pages") {
            let root: Arc<[Object]> = [root.clone()].into();
            walk.kids(&root, None, None);
        }
        if walk.runs.count == 0 {
            let pages: Arc<[Object]> =
                self.lost_pages().into_iter().map(Object::Reference).collect();
            let count = pages.len() as u32;
            walk.add(&pages, 0, count, None);
        }
        Arc::new(walk.runs)
    }

    /// The kids of a node; none of a page.
    fn kids(&self, dictionary: &Dictionary) -> Option<Arc<[Object]>> {
        if self.name(dictionary, b"Type").is_some_and(|name| *name == *b"Page") {
            return None;
        }
        self.array(dictionary, b"Kids")
    }
}

impl Walk<'_, '_> {
    /// Adds pages; false where there are too many.
    fn add(
        &mut self,
        kids: &Arc<[Object]>,
        first: u32,
        count: u32,
        above: Option<&Arc<Above>>,
    ) -> bool {
        let limit = self.document.budget.limits.max_pages;
        let fits = count <= limit - self.runs.count;
        if !fits {
            self.document.budget.fail(PdfError::TooManyPages { limit });
        }
        let count = count.min(limit - self.runs.count);
        if let Some(run) = self.runs.all.last_mut()
            && Arc::ptr_eq(&run.kids, kids)
            && run.first + run.count == first
        {
            run.count += count;
        } else if count > 0 {
            let (page, above) = (self.runs.count, above.cloned());
            self.runs.all.push(Run { page, kids: Arc::clone(kids), first, count, above });
        }
        self.runs.count += count;
        fits
    }

    /// Walks through the kids of a node that counts `count` pages; false where there are too many pages.
    fn kids(
        &mut self,
        kids: &Arc<[Object]>,
        count: Option<i64>,
        above: Option<&Arc<Above>>,
    ) -> bool {
        if !self.runs.exact && count == i64::try_from(kids.len()).ok() {
            let leaf = |kid: Option<&Object>| {
                let kid = kid.map(|kid| self.document.resolve(kid)).unwrap_or_default();
                kid.as_dictionary().is_none_or(|kid| self.document.kids(kid).is_none())
            };
            if leaf(kids.first()) && leaf(kids.last()) {
                return self.add(kids, 0, kids.len() as u32, above);
            }
        }
        for (index, kid) in (0..).zip(kids.iter()) {
            self.visits += 1;
            // Nodes without pages may be as many again.
            let limit = self.document.budget.limits.max_pages;
            if self.visits > 2 * u64::from(limit) + 1000 {
                self.document.budget.fail(PdfError::TooManyPages { limit });
                return false;
            }
            if !self.kid(kids, index, kid, above) {
                return false;
            }
        }
        true
    }

    fn kid(
        &mut self,
        kids: &Arc<[Object]>,
        index: u32,
        kid: &Object,
        above: Option<&Arc<Above>>,
    ) -> bool {
        let reference = kid.as_reference();
        if reference.is_some_and(|kid| self.path.contains(&kid)) {
            return true;
        }
        let object = self.document.resolve(kid);
        // The node's count is not that of its kids: what is no page is not one of them.
        let Some(dictionary) = object.as_dictionary() else { return true };
        let Some(inner) = self.document.kids(dictionary) else {
            let node = dictionary.has_type(b"Pages");
            return node || self.add(kids, index, 1, above);
        };
        if self.depth == MAX_DEPTH {
            return true;
        }
        let count = self.document.integer(dictionary, b"Count");
        let node = Above { dictionary: dictionary.clone(), above: above.cloned() };
        self.path.extend(reference);
        self.depth += 1;
        let more = self.kids(&inner, count, Some(&Arc::new(node)));
        self.depth -= 1;
        if reference.is_some() {
            self.path.pop();
        }
        more
    }
}
