//! Reading documents from files, and writing files whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf, is_separator};
use std::sync::Arc;

use unicode_normalization::char::is_combining_mark;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::{Error, metadata};
use crate::bitext::Document;
use crate::import::{self, Format, Warned};
use crate::lang::Lang;
use crate::notice::{Notice, notice};
use crate::segment;
use crate::store::Part;
use crate::text::Text;

/// Reads and cuts a document; its language is recognised where it is not given.
///
/// # Errors
/// When the file cannot be read, decoded, or its language settled.
pub fn load(path: &Path, lang: Option<&Lang>) -> Result<Warned<Document>, Error> {
    let bytes = read(path)?;
    let name = name_of(path);
    let text = import::read(&bytes, Format::of_name(&name)).map_err(|problem| import_error(path, problem))?;
    let lang = settle(path, lang, text.output.as_str())?;
    let mut warnings = located(path, text.warnings);
    let note = note(path, &name, &mut warnings);
    let original = original(bytes, &text.output);
    Ok(Warned { output: Document { original, ..document(name, lang, note, text.output) }, warnings })
}

/// Makes a document of pasted text; its language is recognised.
///
/// # Errors
/// When it is empty or its language cannot be settled; `name` stands for the path in the message.
pub fn paste(name: &str, content: &str) -> Result<Document, Error> {
    let path = Path::new(name);
    let text = import::read_str(content, Format::Plain).map_err(|problem| import_error(path, problem))?;
    let lang = settle(path, None, text.as_str())?;
    Ok(document(name.to_owned(), lang, None, text))
}

/// The path that a person typed: without blanks around it, and `~` is the home folder as in a shell.
pub fn typed_path(text: &str) -> PathBuf {
    let text = text.trim();
    let within = text.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with(is_separator));
    match within.zip(dirs::home_dir()) {
        Some((rest, home)) => home.join(rest.trim_start_matches(is_separator)),
        None => text.into(),
    }
}

/// The widest name of a pasted text, in columns.
const WIDEST: usize = 24;

/// What a pasted text may be called: its first words, as far as they can stand in the name of a file; nothing where it
/// has none.
pub fn first_words(content: &str) -> Option<String> {
    let stays = |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '-' | '\'' | '’');
    // A few lines are enough for a name, however long the text is.
    let plain: String = content.chars().take(400).map(|c| if stays(c) { c } else { ' ' }).collect();
    let mut out = String::new();
    let mut left = WIDEST;
    for word in plain.split_whitespace() {
        if !out.is_empty() {
            if word.width() >= left {
                break;
            }
            out.push(' ');
            left -= 1;
        }
        for c in word.chars() {
            let width = c.width().unwrap_or_default();
            if width > left {
                return Some(out);
            }
            out.push(c);
            left -= width;
        }
    }
    Some(out).filter(|name| !name.is_empty())
}

/// Cuts a text and makes it a document.
pub(super) fn document(name: String, lang: Lang, note: Option<String>, text: Text) -> Document {
    let segments = segment::segment(&text, lang.language());
    Document { note, ..Document::new(name, lang, text, segments) }
}

/// Reads a document in which every line is one segment, blank lines too.
///
/// # Errors
/// As [`load`].
pub fn load_segmented(path: &Path, lang: Option<&Lang>) -> Result<Warned<Document>, Error> {
    let bytes = read(path)?;
    let text = import::read_lines(&bytes).map_err(|problem| import_error(path, problem))?;
    let lang = settle(path, lang, text.output.as_str())?;
    let segments = segment::one_per_block(&text.output);
    let mut warnings = located(path, text.warnings);
    let name = name_of(path);
    let note = note(path, &name, &mut warnings);
    let original = original(bytes, &text.output);
    Ok(Warned { output: Document { note, original, ..Document::new(name, lang, text.output, segments) }, warnings })
}

/// The bytes of a file where they are not those of its text.
fn original(bytes: Vec<u8>, text: &Text) -> Option<Arc<[u8]>> {
    (bytes != text.as_str().as_bytes()).then(|| bytes.into())
}

/// What the metadata beside a file says readers must be told; broken metadata is a warning.
pub(super) fn note(path: &Path, name: &str, warnings: &mut Vec<Notice>) -> Option<String> {
    let beside = metadata::path_for(path).filter(|beside| beside.is_file())?;
    let read = std::fs::read_to_string(&beside).map_err(Notice::plain);
    match read.and_then(|json| metadata::Metadata::read(&json)) {
        Ok(found) => found.about(name).and_then(|about| about.note.clone()),
        Err(problem) => {
            warnings.push(notice!("{0}: {1}; opened without it", &beside, problem));
            None
        }
    }
}

pub(super) fn settle(path: &Path, lang: Option<&Lang>, text: &str) -> Result<Lang, Error> {
    match lang {
        Some(lang) => Ok(lang.clone()),
        None => Lang::recognise(text).map_err(|problem| Error::Language { path: path.to_owned(), problem }),
    }
}

pub(super) fn import_error(path: &Path, problem: import::Error) -> Error {
    Error::Import { path: path.to_owned(), problem }
}

/// What is to be said of a file, with its name.
pub(super) fn located(path: &Path, problems: impl IntoIterator<Item = Notice>) -> Vec<Notice> {
    problems.into_iter().map(|problem| notice!("{0}: {1}", path, problem)).collect()
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The bytes of a file, or a message that says what to do.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| Error::Read { path: path.to_owned(), reason: advice(path, &error) })
}

fn advice(path: &Path, error: &io::Error) -> Notice {
    match error.kind() {
        io::ErrorKind::NotFound => notice!("there is no such file; check the name and the folder"),
        io::ErrorKind::PermissionDenied => notice!("no permission; change the file's permissions or copy it elsewhere"),
        _ if path.is_dir() => notice!("this is a folder; give a file in it"),
        io::ErrorKind::StorageFull => notice!("the disk is full; free some space and try again"),
        _ => Notice::plain(error),
    }
}

/// Writes a file of some bytes as [`write_with`] does.
///
/// # Errors
/// [`Error::Write`]; the file that stood there is then as it was.
pub fn write_atomically(path: &Path, content: &[u8]) -> Result<(), Error> {
    write_with(path, |to| to.write_all(content))
}

/// Writes a file whole or not at all, as it comes: beside it first, then renamed over it, with the permissions it had.
/// Through a symbolic link the file is written that it points to.
///
/// # Errors
/// [`Error::Write`], also where `write` fails; the file that stood there is then as it was.
pub fn write_with<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> Result<T, Error> {
    let fail = |error: &io::Error| Error::Write { path: path.to_owned(), reason: write_advice(path, error) };
    // Something that is no plain file (a pipe, a device, a descriptor) cannot be renamed over: write into it.
    let special = path.starts_with("/dev") || path.starts_with("/proc");
    if special || path.metadata().is_ok_and(|meta| !meta.is_file()) {
        let mut open = std::fs::OpenOptions::new();
        let mut file = open.append(true).open(path).map_err(|error| fail(&error))?;
        return write(&mut file).map_err(|error| fail(&error));
    }
    let target = pointed_to(path).map_err(|error| fail(&error))?;
    // A file that is write-protected is not to be replaced, even where its folder would allow it.
    let permissions = target.metadata().ok().map(|meta| meta.permissions());
    if permissions.as_ref().is_some_and(std::fs::Permissions::readonly) {
        return Err(fail(&io::ErrorKind::PermissionDenied.into()));
    }
    let whole = || {
        let part = Part::beside(&target)?;
        let out = write(&mut part.file())?;
        part.file().sync_all()?;
        if let Some(permissions) = permissions {
            part.file().set_permissions(permissions)?;
        }
        part.replace(&target)?;
        Ok(out)
    };
    whole().map_err(|error| fail(&error))
}

/// What is said where more links lead to a file than that.
const LOOP: &str = "too many symbolic links lead on from it; name the file itself";
/// How many links may lead to a file, as the system has it.
const LINKS: usize = 40;

/// The file that a path names, which need not be there, through all symbolic links.
fn pointed_to(path: &Path) -> io::Result<PathBuf> {
    let mut out = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = std::fs::read_link(&out) else { return Ok(out) };
        out = out.parent().unwrap_or(Path::new("")).join(next);
    }
    Err(io::Error::other(LOOP))
}

fn write_advice(path: &Path, error: &io::Error) -> Notice {
    match error.kind() {
        io::ErrorKind::NotFound => notice!("its folder does not exist; make it first or write elsewhere"),
        io::ErrorKind::PermissionDenied => notice!("no permission to write there; choose another place with -o"),
        io::ErrorKind::ReadOnlyFilesystem => notice!("the disk is read-only; choose another place"),
        _ if error.to_string() == LOOP => notice!(LOOP),
        _ => advice(path, error),
    }
}

/// The files of a folder by name.
pub(super) fn listed(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let list = std::fs::read_dir(folder)
        .map_err(|error| Error::Read { path: folder.to_owned(), reason: Notice::plain(error) })?;
    let mut files: Vec<PathBuf> = list.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_path_may_begin_at_home() {
        let home = dirs::home_dir().unwrap();
        assert_eq!([typed_path(" ~ "), typed_path("~/甲/b.txt")], [home.clone(), home.join("甲").join("b.txt")]);
        for other in ["~b/c", "a/~", "", "/~/a"] {
            assert_eq!(typed_path(other), Path::new(other));
        }
    }

    #[test]
    fn a_pasted_text_is_called_by_its_first_words() {
        for (text, name) in [
            ("\n  今天下雨。我没去。\n", "今天下雨 我没去"),
            ("国际法适用于网络空间，主权平等。", "国际法适用于网络空间"),
            ("对于第三方非国家行为体带来的风险以及必要性", "对于第三方非国家行为体带"),
            ("It's a co-op: /etc/passwd\u{0}?", "It's a co-op etc passwd"),
            ("International law applies to cyberspace.", "International law"),
            ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsge"),
            ("ภาษาไทย", "ภาษาไทย"),
        ] {
            assert_eq!(first_words(text).as_deref(), Some(name));
        }
        assert_eq!(first_words(" …—\n"), None);
    }

    #[cfg(unix)]
    #[test]
    fn through_a_link_the_file_is_written_that_it_points_to() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("sub")).unwrap();
        std::fs::write(at("sub/there"), "old").unwrap();
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, at(name)).unwrap();
        for (to, name) in [("sub/there", "a"), ("a", "b"), ("sub/new", "c"), ("../d", "sub/e"), ("loop", "loop")] {
            link(to, name);
        }
        for (path, file) in [("b", "sub/there"), ("c", "sub/new"), ("sub/e", "d")] {
            write_atomically(&at(path), path.as_bytes()).unwrap();
            assert_eq!(std::fs::read_to_string(at(file)).unwrap(), path);
            assert!(at(path).is_symlink() && !at(file).is_symlink());
        }
        assert!(at("a").is_symlink());
        let problem = write_atomically(&at("loop"), b"").unwrap_err().to_string();
        assert!(problem.contains("symbolic links"), "{problem}");
        assert_eq!(std::fs::read_dir(at("sub")).unwrap().count(), 3);
    }

    #[test]
    fn a_note_comes_with_its_text_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zh.txt");
        std::fs::write(&path, "今天下雨。").unwrap();
        assert_eq!(load(&path, None).unwrap().output.note, None);
        let beside = folder.path().join("a.duizhao.json");
        std::fs::write(&beside, r#"{"version":1,"documents":{"a.zh.txt":{"note":"draft"},"b":{}}}"#).unwrap();
        assert_eq!(load(&path, None).unwrap().output.note.as_deref(), Some("draft"));
        std::fs::write(&beside, "{").unwrap();
        let opened = load(&path, None).unwrap();
        assert_eq!((opened.output.note, opened.warnings.len()), (None, 1));
    }

    #[test]
    fn a_write_protected_file_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept.tsv");
        std::fs::write(&path, "old").unwrap();
        let mut permissions = path.metadata().unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
        let problem = write_atomically(&path, b"new").unwrap_err().to_string();
        assert!(problem.contains("kept.tsv: no permission to write there; choose another place"), "{problem}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_has_the_permissions_of_any_and_an_old_one_keeps_its_own() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mode = |name: &str| at(name).metadata().unwrap().permissions().mode() & 0o777;
        std::fs::write(at("any"), "").unwrap();
        write_atomically(&at("new"), b"new").unwrap();
        assert_eq!(mode("new"), mode("any"));
        for wanted in [0o600, 0o660, 0o755] {
            std::fs::set_permissions(at("any"), std::fs::Permissions::from_mode(wanted)).unwrap();
            write_atomically(&at("any"), b"again").unwrap();
            assert_eq!(mode("any"), wanted);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
