//! The cross-reference table (ISO 32000-1, 7.5.4 and 7.5.8): where each object lies.

/// Where an object lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nowhere.
    Free,
    /// In the file, at an offset from its start.
    Offset(u32),
    /// In an object stream: its number, and how many objects come before.
    Compressed { stream: u32, index: u32 },
}

/// One entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) number: u32,
    pub(crate) generation: u16,
    pub(crate) place: Place,
}

/// Numbers in use or free, sorted, each once.
#[derive(Debug, Default)]
pub(crate) struct Table {
    entries: Vec<Entry>,
}

/// Sorts by a key; what has the same stays in its order. One sort of pairs serves all: each kind of sort is some kilobytes.
pub(crate) fn sorted<T: Copy>(items: &[T], key: impl Fn(&T) -> u32) -> Vec<T> {
    let mut order: Vec<(u32, u32)> = items.iter().map(key).zip(0..).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| items[at as usize]).collect()
}

/// The largest object number (Annex C).
pub(crate) const MAX_NUMBER: u32 = 8_388_607;

impl Table {
    /// Of entries with the same number the first counts.
    pub(crate) fn first_wins(mut entries: Vec<Entry>) -> Self {
        if !entries.is_sorted_by_key(|entry| entry.number) {
            entries = sorted(&entries, |entry| entry.number);
        }
        entries.dedup_by_key(|entry| entry.number);
        Self { entries }
    }

    pub(crate) fn get(&self, number: u32) -> Option<Entry> {
        // Most tables have no gaps.
        if let Some(entry) = self.entries.get(number as usize)
            && entry.number == number
        {
            return Some(*entry);
        }
        let at = self.entries.binary_search_by_key(&number, |entry| entry.number).ok()?;
        Some(self.entries[at])
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
