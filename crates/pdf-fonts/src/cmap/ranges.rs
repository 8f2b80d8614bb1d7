//! Disjoint sorted ranges of codes, and what they map to.

use std::collections::BinaryHeap;

/// Codes `first..=last`, which continue a range that began at `origin` with `value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) origin: u32,
    pub(crate) value: u32,
}

/// Ranges by the length of their codes, from one byte to four.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranges([Vec<Range>; 4]);

impl Ranges {
    /// Adds a range; [`Ranges::finish`] has to follow before anything is looked up.
    pub(crate) fn push(&mut self, length: usize, first: u32, last: u32, value: u32) {
        if let Some(ranges) = length.checked_sub(1).and_then(|index| self.0.get_mut(index))
            && first <= last
        {
            // One that goes on where the one before ended, as producers write single codes.
            if let Some(before) = ranges.last_mut()
                && before.last.checked_add(1) == Some(first)
                && value & INDIRECT == 0
                && before.value & INDIRECT == 0
                && before.value.checked_add(first - before.origin) == Some(value)
            {
                before.last = last;
                return;
            }
            ranges.push(Range { first, last, origin: first, value });
        }
    }

    /// Adds a range whose codes all have the same value, for look-ups that do not count.
    pub(crate) fn push_same(&mut self, length: usize, first: u32, last: u32, value: u32) {
        if let Some(ranges) = length.checked_sub(1).and_then(|index| self.0.get_mut(index))
            && first <= last
        {
            ranges.push(Range { first, last, origin: first, value });
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// The bits `1 << length` of the lengths that there are ranges of.
    pub(crate) fn lengths(&self) -> u8 {
        self.0
            .iter()
            .enumerate()
            .fold(0, |bits, (index, ranges)| bits | u8::from(!ranges.is_empty()) << (index + 1))
    }

    /// Sorts, and makes later ranges win where some overlap.
    pub(crate) fn finish(&mut self) {
        for ranges in &mut self.0 {
            if !ranges.is_sorted_by(|a, b| a.last < b.first) {
                *ranges = disjoint(ranges);
            }
            ranges.shrink_to_fit();
        }
    }

    /// Keeps those for which the answer is yes.
    #[cfg(feature = "cmaps")]
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&Range) -> bool) {
        for ranges in &mut self.0 {
            ranges.retain(&mut keep);
        }
    }

    /// The range of a code of this length.
    pub(crate) fn find(&self, length: usize, code: u32) -> Option<Range> {
        let ranges = self.0.get(length.checked_sub(1)?)?;
        let end = ranges.partition_point(|range| range.first <= code);
        ranges.get(end.checked_sub(1)?).copied().filter(|range| code <= range.last)
    }

    /// All ranges of codes of a length.
    #[cfg(test)]
    pub(crate) fn of_length(&self, length: usize) -> &[Range] {
        length.checked_sub(1).and_then(|index| self.0.get(index)).map_or(&[], Vec::as_slice)
    }
}

/// Values with this bit are places in a table, which do not count on from one code to the next by themselves.
pub(crate) const INDIRECT: u32 = 1 << 31;

/// A sweep over the starts: at each place the range that was defined last is on top. At most two pieces per range.
fn disjoint(ranges: &[Range]) -> Vec<Range> {
    let mut order: Vec<u32> = (0..ranges.len() as u32).collect();
    order.sort_by_key(|index| ranges[*index as usize].first);
    let mut starts = order.into_iter().peekable();
    let mut open = BinaryHeap::new();
    let mut pieces: Vec<Range> = Vec::new();
    // The first code that no piece covers yet; beyond u32 once the last code is covered.
    let mut at = 0u64;
    loop {
        let next = starts.peek().map(|index| u64::from(ranges[*index as usize].first));
        while let Some(top) = open.peek() {
            let range = ranges[*top as usize];
            if u64::from(range.last) < at {
                open.pop();
                continue;
            }
            let first = at.max(u64::from(range.first));
            let end = next.map_or(u64::MAX, |next| next).min(u64::from(range.last) + 1);
            if first >= end {
                break;
            }
            pieces.push(Range { first: first as u32, last: (end - 1) as u32, ..range });
            at = end;
        }
        let Some(next) = next else { return pieces };
        at = at.max(next);
        while let Some(index) =
            starts.next_if(|index| u64::from(ranges[*index as usize].first) == next)
        {
            open.push(index);
        }
    }
}
