//! The samples of one row of MCUs, component by component.

use crate::JpegError;
use crate::layout::{Component, Layout};

/// One component's samples: the last row of the MCUs above, then the rows of these.
pub(crate) struct Strip {
    pub(crate) samples: Vec<u8>,
    pub(crate) stride: usize,
    /// Rows to a row of MCUs.
    pub(crate) rows: usize,
}

impl Strip {
    /// Without memory if the component is not wanted.
    pub(crate) fn new(
        layout: &Layout,
        component: &Component,
        wanted: bool,
    ) -> Result<Self, JpegError> {
        let stride = layout.mcus_wide * component.h * component.size;
        let rows = component.v * component.size;
        let samples = if wanted { zeroed(stride * (rows + 1))? } else { Vec::new() };
        Ok(Self { samples, stride, rows })
    }

    /// Keeps the last row before the next MCUs are decoded.
    pub(crate) fn advance(&mut self) {
        let last = self.rows * self.stride;
        if self.samples.len() > last {
            self.samples.copy_within(last.., 0);
        }
    }

    /// One row; row 0 is the last of the MCUs above. Empty where there is none.
    pub(crate) fn row(&self, row: usize, width: usize) -> &[u8] {
        let at = row * self.stride;
        self.samples.get(at..at + width).unwrap_or_default()
    }
}

pub(crate) fn zeroed<T: Copy + Default>(len: usize) -> Result<Vec<T>, JpegError> {
    let mut data = Vec::new();
    let bytes = len.saturating_mul(size_of::<T>());
    data.try_reserve_exact(len).map_err(|_| JpegError::OutOfMemory { bytes })?;
    data.resize(len, T::default());
    Ok(data)
}

/// What a row of MCUs has become: rows of samples of each component at its own size.
pub(crate) struct Band<'a> {
    pub(crate) layout: &'a Layout,
    pub(crate) strips: &'a [Strip],
    /// Number of the row of MCUs.
    pub(crate) number: usize,
}

impl Band<'_> {
    /// Wanted rows of the result that this row of MCUs completes. With context, the last of them waits for the next.
    pub(crate) fn rows(&self) -> core::ops::Range<usize> {
        let layout = self.layout;
        let delay = usize::from(layout.context);
        let start = (self.number * layout.mcu_rows).saturating_sub(delay);
        let end = if self.number + 1 == layout.mcus_high {
            layout.height
        } else {
            (self.number + 1) * layout.mcu_rows - delay
        };
        let wanted = &layout.rows;
        start.clamp(wanted.start, wanted.end)..end.clamp(wanted.start, wanted.end)
    }

    /// A row of a component, numbered as in the whole image; one past an end is the last one there.
    pub(crate) fn row(&self, component: usize, row: isize) -> &[u8] {
        let (plan, strip) = (&self.layout.components[component], &self.strips[component]);
        let row = row.clamp(0, plan.height.cast_signed() - 1).cast_unsigned();
        let local = (row + 1).saturating_sub(self.number * strip.rows);
        strip.row(local, plan.width)
    }
}
