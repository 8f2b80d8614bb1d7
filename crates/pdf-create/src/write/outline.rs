//! The outline (ISO 32000-1, 12.3.3).

use super::file::File;
use super::pages::Pages;
use crate::error::{Place, push, reserve};
use crate::{CreateError, Document};

/// Levels below one another.
const MAX_LEVEL: u8 = 31;

/// How an entry hangs together with others, by their indices; 0 is the root.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    parent: usize,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    /// Entries below it that are shown when it is open.
    shown: i64,
}

/// Writes the outline, if there is one.
pub(super) fn write(
    document: &Document<'_>,
    pages: &Pages,
    file: &mut File,
) -> Result<Option<u32>, CreateError> {
    if document.outline.is_empty() {
        return Ok(None);
    }
    let nodes = link(document, pages)?;
    let mut ids = Vec::new();
    for _ in &nodes {
        push(&mut ids, file.allocate()?)?;
    }
    for (index, node) in nodes.iter().enumerate() {
        let entry = index.checked_sub(1).and_then(|index| document.outline.get(index));
        file.object(ids[index], |output| {
            output.put("<<");
            match entry {
                None => _ = output.put("/Type/Outlines"),
                Some(entry) => {
                    output.put("/Title").text(entry.title).put("/Dest");
                    pages.destination(output, entry.page, entry.top);
                    output.put("/Parent ").reference(ids[node.parent]);
                }
            }
            for (key, other) in [
                ("/Prev ", node.previous),
                ("/Next ", node.next),
                ("/First ", node.first),
                ("/Last ", node.last),
            ] {
                if let Some(other) = other {
                    output.put(key).reference(ids[other]);
                }
            }
            if node.first.is_some() {
                let open = entry.is_none_or(|entry| entry.open);
                output.put("/Count ").integer(if open { node.shown } else { -node.shown });
            }
            output.put(">>");
        })?;
    }
    Ok(Some(ids[0]))
}

fn link(document: &Document<'_>, pages: &Pages) -> Result<Vec<Node>, CreateError> {
    let mut nodes = Vec::new();
    reserve(&mut nodes, document.outline.len() + 1)?;
    nodes.push(Node::default());
    // The last entry of each level, the root's in front.
    let mut path: Vec<usize> = vec![0];
    for (number, entry) in document.outline.iter().enumerate() {
        let place = Place { kind: "outline entry", page: None, number: number as u32 };
        pages.check(place, entry.page, entry.top)?;
        let level = usize::from(entry.level);
        if level >= path.len() || entry.level > MAX_LEVEL {
            let expected = "a level of at most one more than the entry before, and 31";
            return Err(CreateError::Invalid { place, expected });
        }
        path.truncate(level + 1);
        let (parent, index) = (path[level], nodes.len());
        let previous = nodes[parent].last.replace(index);
        match previous {
            Some(previous) => nodes[previous].next = Some(index),
            None => nodes[parent].first = Some(index),
        }
        nodes.push(Node { parent, previous, ..Node::default() });
        path.push(index);
    }
    // Those below come behind those above.
    for index in (1..nodes.len()).rev() {
        let open = document.outline[index - 1].open;
        let shown = 1 + if open { nodes[index].shown } else { 0 };
        let parent = nodes[index].parent;
        nodes[parent].shown += shown;
    }
    Ok(nodes)
}
