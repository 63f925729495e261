//! XML in and out, both by quick-xml: what all forms in XML have in common.

mod read;
mod write;

pub(super) use read::{Event, Parts, Reader, Tag};
pub(super) use write::{Quotes, Xml, clean, holds};
