//! The façade: every use case as one function over plain data, the only thing the command line and the window call.
//!
//! Files are opened and written here and nowhere below.

mod error;
mod files;
mod gold;

pub use error::Error;
pub use files::{load, load_segmented, write_atomically};
pub use gold::{evaluate, train};
