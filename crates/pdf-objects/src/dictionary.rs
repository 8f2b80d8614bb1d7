//! Dictionaries (ISO 32000-1, 7.3.7): entries in the order of the file, found by name.

use std::fmt;
use std::sync::Arc;

use crate::Object;

/// From so many entries on, names are found in a sorted index.
const INDEXED: usize = 16;

type Entry = (Arc<[u8]>, Object);

struct Inner {
    entries: Box<[Entry]>,
    /// Places in `entries`, sorted by name; empty for few entries.
    sorted: Box<[u32]>,
}

/// A dictionary. A clone shares its entries.
#[derive(Clone)]
pub struct Dictionary(Arc<Inner>);

impl Dictionary {
    /// The value under a name; a reference is not followed.
    pub fn get(&self, key: &[u8]) -> Option<&Object> {
        let entries = &self.0.entries;
        if self.0.sorted.is_empty() {
            return entries.iter().find(|(name, _)| **name == *key).map(|(_, value)| value);
        }
        let name = |place: &u32| &*entries[*place as usize].0;
        let place = self.0.sorted.binary_search_by(|place| name(place).cmp(key)).ok()?;
        Some(&entries[self.0.sorted[place] as usize].1)
    }

    /// Names and values in the order of the file, references not followed.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Arc<[u8]>, &Object)> {
        self.0.entries.iter().map(|(name, value)| (name, value))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.entries.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.0.entries.is_empty()
    }

    /// Whether the entry `Type` is this name.
    pub fn has_type(&self, name: &[u8]) -> bool {
        self.get(b"Type").and_then(Object::as_name) == Some(name)
    }

    pub(crate) fn cost(&self) -> usize {
        let entry = |(_, value): &Entry| size_of::<Arc<[u8]>>() + 16 + value.cost();
        self.0.entries.iter().map(entry).sum()
    }
}

impl FromIterator<Entry> for Dictionary {
    /// Of entries with the same name the last one counts, at the place of the first.
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        if entries.len() < INDEXED {
            let mut at = 1;
            while at < entries.len() {
                let (before, rest) = entries.split_at_mut(at);
                let twin = before.iter_mut().find(|(name, _)| **name == *rest[0].0);
                if let Some(twin) = twin {
                    twin.1 = std::mem::take(&mut rest[0].1);
                    entries.remove(at);
                } else {
                    at += 1;
                }
            }
            return Self(Arc::new(Inner { entries: entries.into(), sorted: Box::default() }));
        }
        let mut sorted: Vec<u32> = (0..entries.len() as u32).collect();
        // Twins stay in the order of the file.
        sorted.sort_unstable_by(|a, b| {
            entries[*a as usize].0.cmp(&entries[*b as usize].0).then(a.cmp(b))
        });
        let mut twins = vec![false; entries.len()];
        let mut first = 0;
        for next in 1..sorted.len() {
            let (to, from) = (sorted[first] as usize, sorted[next] as usize);
            if entries[to].0 == entries[from].0 {
                entries[to].1 = std::mem::take(&mut entries[from].1);
                twins[from] = true;
            } else {
                first = next;
            }
        }
        if twins.contains(&true) {
            let mut twins = twins.into_iter();
            entries.retain(|_| twins.next() == Some(false));
            return Self::from_iter(entries);
        }
        Self(Arc::new(Inner { entries: entries.into(), sorted: sorted.into() }))
    }
}

impl Default for Dictionary {
    fn default() -> Self {
        Self::from_iter([])
    }
}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.len() == other.len()
                && self.iter().all(|(name, value)| other.get(name) == Some(value)))
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(name, value)| (String::from_utf8_lossy(name), value)))
            .finish()
    }
}
