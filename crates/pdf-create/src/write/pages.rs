//! The tree of pages, their contents and links (ISO 32000-1, 7.7.3, 12.5.6.5).

use super::create::Rest;
use super::file::{Data, File};
use super::resources::Resources;
use crate::draw::{self, Content};
use crate::error::{Place, push};
use crate::fonts::Fonts;
use crate::layout::Block;
use crate::syntax::Output;
use crate::{CreateError, Document, Item, Link, Page, Target, check};

/// Groups within groups: 28 levels of saved state are what a PDF may count on.
const MAX_DEPTH: usize = 24;
/// Pages below one node of the tree.
const NODE: usize = 64;

/// The numbers of the pages' objects.
#[derive(Debug)]
pub(super) struct Pages {
    ids: Vec<u32>,
    heights: Vec<f32>,
}

/// What has been drawn.
#[derive(Debug)]
pub(super) struct Drawn {
    /// The root of the tree.
    pub(super) root: u32,
    pub(super) rests: Vec<Rest>,
}

impl Pages {
    pub(super) fn allocate(document: &Document<'_>, file: &mut File) -> Result<Self, CreateError> {
        let mut pages = Self { ids: Vec::new(), heights: Vec::new() };
        for page in &document.pages {
            push(&mut pages.ids, file.allocate()?)?;
            push(&mut pages.heights, page.height)?;
        }
        Ok(pages)
    }

    /// Writes a destination: a page, and the height that is shown at the top of the window.
    pub(super) fn destination(&self, output: &mut Output, page: u32, top: Option<f32>) {
        let page = page as usize;
        if let (Some(id), Some(height)) = (self.ids.get(page), self.heights.get(page)) {
            output.put("[").reference(*id).put("/XYZ null ");
            output.number(top.unwrap_or(*height).into()).put("null]");
        }
    }

    /// Checks that a destination exists.
    pub(super) fn check(
        &self,
        place: Place,
        page: u32,
        top: Option<f32>,
    ) -> Result<(), CreateError> {
        let count = self.ids.len() as u32;
        if page >= count {
            return Err(CreateError::Reference { place, to: "page", number: page, count });
        }
        match top {
            Some(top) if !(-1e6..=1e6).contains(&top) => {
                let expected = "a height from -1000000 to 1000000";
                Err(CreateError::Invalid { place, expected })
            }
            _ => Ok(()),
        }
    }

    pub(super) fn write(
        &self,
        document: &Document<'_>,
        fonts: &Fonts<'_>,
        resources: &mut Resources<'_, '_>,
        file: &mut File,
    ) -> Result<Drawn, CreateError> {
        let root = file.allocate()?;
        let count = self.ids.len();
        let mut nodes = Vec::new();
        if count > NODE {
            for _ in 0..count.div_ceil(NODE) {
                push(&mut nodes, file.allocate()?)?;
            }
        }
        let mut rests = Vec::new();
        for (number, page) in document.pages.iter().enumerate() {
            let parent = nodes.get(number / NODE).copied().unwrap_or(root);
            self.page(number, page, parent, fonts, resources, file, &mut rests)?;
        }
        for (node, kids) in nodes.iter().zip(self.ids.chunks(NODE)) {
            file.object(*node, |output| {
                output.put("<</Type/Pages/Parent ").reference(root);
                tree(output, kids, kids.len());
            })?;
        }
        file.object(root, |output| {
            output.put("<</Type/Pages");
            tree(output, if nodes.is_empty() { &self.ids } else { &nodes }, count);
        })?;
        Ok(Drawn { root, rests })
    }

    #[expect(clippy::too_many_arguments, reason = "all that a page is drawn with")]
    fn page(
        &self,
        number: usize,
        page: &Page<'_>,
        parent: u32,
        fonts: &Fonts<'_>,
        resources: &mut Resources<'_, '_>,
        file: &mut File,
        rests: &mut Vec<Rest>,
    ) -> Result<(), CreateError> {
        let place = Place { kind: "page", page: None, number: number as u32 };
        check::page(place, page)?;
        let mut content = Content::new(file.limit());
        let mut links = Vec::new();
        for (index, item) in (0..).zip(&page.items) {
            let place = Place { kind: item.kind(), page: Some(number as u32), number: index };
            check::item(item, place)?;
            match item {
                Item::Text(text) => {
                    let font = fonts.get(text.font).ok_or(CreateError::Reference {
                        place,
                        to: "font",
                        number: text.font,
                        count: fonts.len() as u32,
                    })?;
                    let block = Block::new(text, font, place)?;
                    let start = block.fitting(text);
                    if start < text.text.len() {
                        push(rests, Rest { page: number as u32, item: index, start })?;
                    }
                    let usage = resources.usage(text.font)?;
                    draw::text(&mut content, text, font, &block, usage)?;
                }
                Item::Image(placed) => {
                    let (size, orientation) = resources.image(placed.image, place, file)?;
                    draw::image(&mut content, placed, size, orientation)?;
                }
                Item::Link(link) => {
                    if let Target::Page { page, top } = link.target {
                        self.check(place, page, top)?;
                    }
                    push(&mut links, *link)?;
                }
                Item::Begin(group) => {
                    if content.depth() == MAX_DEPTH {
                        let expected = "at most 24 groups within one another";
                        return Err(CreateError::Invalid { place, expected });
                    }
                    content.save()?;
                    content.transform(group.matrix.map(f64::from));
                    if !group.clip.is_empty() {
                        content.clip(&group.clip, group.even_odd);
                    }
                }
                Item::End => {
                    if content.depth() == 0 {
                        let expected = "a group to end";
                        return Err(CreateError::Invalid { place, expected });
                    }
                    content.restore();
                }
                shape => draw::shape(&mut content, shape),
            }
            content.output.check()?;
        }
        if content.depth() > 0 {
            return Err(CreateError::Invalid { place, expected: "an end of each group" });
        }
        let Content { output, needs, .. } = content;
        let id = file.allocate()?;
        file.stream(id, &Data::Plain(&output.finish()?), |_| {})?;
        let entries = resources.entries(&needs, file)?;
        file.object(self.ids[number], |output| {
            output.put("<</Type/Page/Parent ").reference(parent).put("/MediaBox[0 0 ");
            output.numbers(&[page.width.into(), page.height.into()]).put("]");
            if page.rotation > 0 {
                output.put("/Rotate ").integer(page.rotation.into());
            }
            output.put("/Contents ").reference(id).put("/Resources<<").put(&entries).put(">>");
            if !links.is_empty() {
                output.put("/Annots[");
                for link in &links {
                    self.link(output, link);
                }
                output.put("]");
            }
            output.put(">>");
        })
    }

    fn link(&self, output: &mut Output, link: &Link<'_>) {
        let [x, y] = [link.x, link.y].map(f64::from);
        // No border; printed, as PDF/A asks for.
        output.put("<</Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect[");
        output.numbers(&[x, y, x + f64::from(link.width), y + f64::from(link.height)]).put("]");
        match link.target {
            Target::Uri(uri) => {
                output.put("/A<</S/URI/URI(");
                for byte in uri.bytes() {
                    // URIs are ASCII: other bytes of an IRI are escaped (RFC 3987, 3.1).
                    match byte {
                        b'!'..=b'~' => output.escaped(&[byte]),
                        _ => output.put("%").hex(&[byte]),
                    };
                }
                output.put(")>>");
            }
            Target::Page { page, top } => {
                output.put("/Dest");
                self.destination(output, page, top);
            }
        }
        output.put(">>");
    }
}

fn tree(output: &mut Output, kids: &[u32], count: usize) {
    output.put("/Count ").whole(count as u64).put("/Kids[");
    for kid in kids {
        output.reference(*kid);
    }
    output.put("]>>");
}
