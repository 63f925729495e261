//! Files of the folder `assets` that the program carries: dictionary, encoder, fonts.
//!
//! A build for use has them inside. A build with debug assertions, as tests are, reads them from the folder it was built
//! in when they are first asked for: otherwise each test program would carry and link 43 MB of them.

/// The bytes of a file of the folder, whose path is given from there. Keep what it gives: it may be read again.
macro_rules! asset {
    ($path:literal) => {{
        #[cfg(debug_assertions)]
        let bytes: &'static [u8] = $crate::assets::read($path);
        #[cfg(not(debug_assertions))]
        let bytes: &'static [u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/", $path));
        bytes
    }};
}

pub(crate) use asset;

/// Reads a file of the folder; it stays in memory.
#[cfg(debug_assertions)]
pub(crate) fn read(path: &str) -> &'static [u8] {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(path);
    match std::fs::read(&file) {
        Ok(bytes) => bytes.leak(),
        Err(problem) => {
            panic!("{}: {problem}; a build with debug assertions needs the folder it was built in", file.display())
        }
    }
}
