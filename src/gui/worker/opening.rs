//! Opening: from files, pasted text, projects and texts aligned elsewhere to a session.

use std::path::{Path, PathBuf};

use super::{Event, Say};
use crate::bitext::{Document, Side};
use crate::gui::session::Session;
use crate::gui::words::word;
use crate::import::Warned;
use crate::lang::Language;
use crate::project::{self, Options};
use crate::store;
use crate::task::{Cancelled, Ctl};
use crate::work::OpenAlignment;

/// Where texts come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// The statement that comes with the program.
    Bundled,
    /// A text and its translation, by path.
    Files(PathBuf, PathBuf),
    /// A text and its translation, each a path or pasted.
    Mixed(Input, Input),
    /// A project file.
    Project(PathBuf),
    /// Texts that were aligned elsewhere: one file of pairs, or links and the two texts they link.
    Aligned(Vec<PathBuf>),
}

impl Source {
    /// The files it is read from; nothing where they cannot be opened again.
    fn paths(&self) -> Vec<PathBuf> {
        let whole = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
        match self {
            Self::Files(source, target) | Self::Mixed(Input::File(source), Input::File(target)) => {
                vec![whole(source), whole(target)]
            }
            Self::Project(path) => vec![path.clone()],
            Self::Aligned(paths) => paths.iter().map(whole).collect(),
            Self::Bundled | Self::Mixed(..) => Vec::new(),
        }
    }
}

/// One side to be opened.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Text from the clipboard, with a word that names it.
    Pasted(String, String),
}

pub(super) fn open_job(ctl: &Ctl, source: Source, held: Option<&Path>, folder: Option<&Path>, say: &Say) {
    if let Source::Project(path) = source {
        if held == Some(&path) {
            return say(Event::Already);
        }
        let title = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut warnings = Vec::new();
        return match open_project(title, &path, &mut warnings) {
            Err(problem) => say(Event::Failed(problem.to_string())),
            Ok(mut session) => {
                session.paths = vec![path];
                say(Event::Opened(Box::new(session), warnings));
            }
        };
    }
    let paths = source.paths();
    if let Source::Aligned(files) = source {
        return match project::open_aligned(&files, &Options::default()) {
            Err(problem) => say(Event::Failed(format!("{problem:#}"))),
            Ok(Warned { output, mut warnings }) => match kept_session(output, folder, held, &mut warnings) {
                None => say(Event::Already),
                Some(mut session) => {
                    session.paths = paths;
                    say(Event::Opened(Box::new(session), warnings));
                }
            },
        };
    }
    match open(source) {
        Err(message) => say(Event::Failed(message)),
        Ok(Warned { output: (title, source, target), mut warnings }) => {
            let path = folder.map(|folder| project::kept_path(folder, &source, &target));
            if path.is_some() && path.as_deref() == held {
                return say(Event::Already);
            }
            if let Ok(mut session) = session(ctl, title, source, target, path.as_deref(), &mut warnings) {
                session.paths = paths;
                say(Event::Opened(Box::new(session), warnings));
            }
        }
    }
}

/// A project, which is only shown where its file is read-only; a warning says so.
fn open_project(title: String, path: &Path, warnings: &mut Vec<String>) -> Result<Session, project::Error> {
    match project::open_kept(path) {
        Ok((store, contents)) => Ok(Session::of_project(title, store, contents)),
        Err(problem @ project::Error::Store(store::Error::ReadOnly(_))) => {
            warnings.push(format!("{problem}; what you do is not kept"));
            let mut session = Session::of_contents(title, project::kept(path)?);
            session.read_only = true;
            Ok(session)
        }
        Err(problem) => Err(problem),
    }
}

/// The work begun on these texts before, or a new alignment; without a file that can be used nothing is kept, and a
/// warning says so.
fn session(
    ctl: &Ctl,
    title: String,
    source: Document,
    target: Document,
    path: Option<&Path>,
    warnings: &mut Vec<String>,
) -> Result<Session, Cancelled> {
    let kept = path.filter(|path| path.exists()).map(|path| open_project(title.clone(), path, warnings));
    // The file is free again for whoever cancelled this.
    ctl.check()?;
    match kept {
        Some(Ok(session)) => return Ok(session),
        Some(Err(problem)) => {
            warnings.push(format!("{problem}; the texts were aligned anew, and what you do is not kept"));
            let open = OpenAlignment::begun(project::align(ctl, source, target)?, &project::author(None));
            return Ok(Session::of(title, open));
        }
        None => {}
    }
    let open = OpenAlignment::begun(project::align(ctl, source, target)?, &project::author(None));
    ctl.check()?;
    Ok(match path.map(|path| project::keep(path, &open)) {
        Some(Ok((store, contents))) => Session::of_project(title, store, contents),
        // Another window was quicker.
        Some(Err(project::Error::Store(store::Error::Exists(path)))) => {
            match open_project(title.clone(), &path, warnings) {
                Ok(session) => session,
                Err(problem) => {
                    warnings.push(format!("{problem}; what you do is not kept"));
                    Session::of(title, open)
                }
            }
        }
        Some(Err(problem)) => {
            warnings.push(format!("{problem}; what you do is not kept"));
            Session::of(title, open)
        }
        // No folder was given: nobody expects anything to be kept.
        None => Session::of(title, open),
    })
}

/// Texts that were aligned elsewhere, with the work begun on them before; nothing where the window holds that already.
fn kept_session(
    texts: project::AlignedTexts,
    folder: Option<&Path>,
    held: Option<&Path>,
    warnings: &mut Vec<String>,
) -> Option<Session> {
    let title = format!("{} ⇄ {}", texts.bitext.source.name, texts.bitext.target.name);
    let open = texts.open(Some(&project::author(None)));
    let (source, target) = (open.aligned().document(Side::Source), open.aligned().document(Side::Target));
    let Some(path) = folder.map(|folder| project::kept_path(folder, source, target)) else {
        return Some(Session::of(title, open));
    };
    if Some(path.as_path()) == held {
        return None;
    }
    let kept = if path.exists() {
        open_project(title.clone(), &path, warnings)
    } else {
        let kept = project::keep(&path, &open);
        kept.map(|(store, contents)| Session::of_project(title.clone(), store, contents))
    };
    Some(match kept {
        Ok(session) => {
            let beads = |open: &OpenAlignment| open.aligned().bitext().beads;
            if beads(&session.open) != beads(&open) {
                warnings.push(
                    word("These texts were worked on before; that work is shown, not the rows of the file").to_owned(),
                );
            }
            session
        }
        Err(problem) => {
            warnings.push(format!("{problem}; what you do is not kept"));
            Session::of(title, open)
        }
    })
}

type Opened = Warned<(String, Document, Document)>;

fn open(source: Source) -> Result<Opened, String> {
    match source {
        Source::Project(_) | Source::Aligned(_) => Err("there are no two texts to align".to_owned()),
        Source::Bundled => {
            let (source, target) = project::bundled();
            let title = project::bundled_title(Language::English);
            Ok(Warned { output: (title, source, target), warnings: Vec::new() })
        }
        Source::Files(source, target) | Source::Mixed(Input::File(source), Input::File(target)) => {
            open_files(&source, &target)
        }
        Source::Mixed(source, target) => {
            let (source, target) = (open_side(source)?, open_side(target)?);
            project::check_pair(&source.output, &target.output).map_err(|error| error.to_string())?;
            let warnings = source.warnings.into_iter().chain(target.warnings).collect();
            let (source, target) = (source.output, target.output);
            let title = format!("{} ⇄ {}", source.name, target.name);
            Ok(Warned { output: (title, source, target), warnings })
        }
    }
}

fn open_files(source: &std::path::Path, target: &std::path::Path) -> Result<Opened, String> {
    let opened = project::open_pair(source, target, &Options::default()).map_err(|error| format!("{error:#}"))?;
    let (source, target) = opened.output;
    let title = format!("{} ⇄ {}", source.name, target.name);
    Ok(Warned { output: (title, source, target), warnings: opened.warnings })
}

fn open_side(side: Input) -> Result<Warned<Document>, String> {
    match side {
        Input::File(path) => project::load(&path, None).map_err(|error| format!("{error:#}")),
        Input::Pasted(name, content) => project::paste(&name, &content)
            .map(|output| Warned { output, warnings: Vec::new() })
            .map_err(|error| format!("{error:#}")),
    }
}
