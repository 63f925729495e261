//! Word links of pairs that are cut into words already.

use std::path::Path;

use super::Error;
use super::files::read;
use crate::gloss::Accepted;
use crate::import;
use crate::lang::is_han;
use crate::notice::Notice;
use crate::task::Ctl;
use crate::term::links::{Evidence, Link, Linker, Words};

/// A source word and a target word that translate each other, by their numbers in the line from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordLink {
    /// The source word.
    pub source: usize,
    /// The target word.
    pub target: usize,
    /// 0 to 1; see [`Link::posterior`].
    pub posterior: f32,
}

/// The links of two files with a sentence on each line and blanks between the words: one list for each line, by source
/// word and then by target word. Either file may be the Chinese one.
///
/// # Errors
/// When a file cannot be read, or the files have different numbers of lines.
pub fn links(ctl: &Ctl, source: &Path, target: &Path, evidence: Evidence) -> Result<Vec<Vec<WordLink>>, Error> {
    let open = |path: &Path| {
        let decoded = import::decode(&read(path)?);
        decoded.map_err(|problem| Error::Import { path: path.to_owned(), problem })
    };
    let (source_text, target_text) = (open(source)?.content, open(target)?.content);
    let (source_lines, target_lines): (Vec<&str>, Vec<&str>) =
        (source_text.lines().collect(), target_text.lines().collect());
    let shared = source_lines.len().min(target_lines.len());
    if source_lines.len() != target_lines.len() {
        let (longer, shorter) = if source_lines.len() > shared { (source, target) } else { (target, source) };
        let problem = Notice::counted("fewer-lines", shared).with(shorter);
        return Err(Error::Line { path: longer.to_owned(), line: shared + 1, problem });
    }
    let han = |text: &str| text.chars().filter(|&c| is_han(c)).count();
    let swapped = han(&target_text) > han(&source_text);
    let pairs: Vec<Words<'_>> = source_lines
        .iter()
        .zip(&target_lines)
        .map(|(source, target)| if swapped { Words::split(target, source) } else { Words::split(source, target) })
        .collect();
    let ends = |Link { chinese, english, posterior }| {
        let (source, target) = if swapped { (english, chinese) } else { (chinese, english) };
        WordLink { source, target, posterior }
    };
    let found = Linker::new(evidence, &Accepted::default()).link(ctl, &pairs)?;
    let mut out: Vec<Vec<WordLink>> = found.into_iter().map(|links| links.into_iter().map(ends).collect()).collect();
    for links in &mut out {
        links.sort_unstable_by_key(|link| (link.source, link.target));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_with_more_lines_is_named_at_the_first_that_is_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str, content: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            path
        };
        let (one, two) = (at("one", "今天 下雨\n"), at("two", "it rained\nit snowed\n"));
        for (source, target) in [(&one, &two), (&two, &one)] {
            let problem = links(&Ctl::quiet(), source, target, Evidence::Fast).unwrap_err().to_string();
            let wanted = format!("{}, line 2: {} has only 1 line; give both", two.display(), one.display());
            assert!(problem.starts_with(&wanted), "{problem}");
        }
    }
}
