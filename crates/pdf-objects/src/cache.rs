//! A map from object numbers that forgets what was not used for long.

use std::collections::BTreeMap;

/// Two generations: when the younger has grown to half of the bound, the older is dropped.
pub(crate) struct Cache<T> {
    young: BTreeMap<usize, (T, usize)>,
    old: BTreeMap<usize, (T, usize)>,
    bytes: usize,
    bound: usize,
}

impl<T: Clone> Cache<T> {
    /// A cache of values that take `bound` bytes together, or of two if they are larger.
    pub(crate) fn new(bound: usize) -> Self {
        Self { young: BTreeMap::new(), old: BTreeMap::new(), bytes: 0, bound }
    }

    pub(crate) fn get(&mut self, key: usize) -> Option<T> {
        if let Some((value, _)) = self.young.get(&key) {
            return Some(value.clone());
        }
        let (value, cost) = self.old.remove(&key)?;
        self.insert(key, value.clone(), cost);
        Some(value)
    }

    pub(crate) fn insert(&mut self, key: usize, value: T, cost: usize) {
        if self.bytes + cost > self.bound / 2 {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += cost;
        self.young.insert(key, (value, cost));
    }

    pub(crate) fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
        self.bytes = 0;
    }
}
