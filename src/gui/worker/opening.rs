//! Opening: from files, pasted text, projects and texts aligned elsewhere.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Event, Say};
use crate::bitext::{Document, SIDES};
use crate::find::Index;
use crate::notice::{Notice, Tell as _, notice};
use crate::project::{self, Contents, Options, Store, StoreError, Warned};
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

/// What was opened, for the window to show.
#[derive(Debug)]
pub(in crate::gui) struct Opened {
    /// What it is called; nothing for the statement that comes with the program.
    pub(in crate::gui) title: Option<String>,
    /// The files it was opened from, where it can be opened from them again.
    pub(in crate::gui) paths: Vec<PathBuf>,
    pub(in crate::gui) kept: Kept,
    /// What each side is searched by.
    pub(in crate::gui) index: [Arc<Index>; 2],
    pub(in crate::gui) warnings: Vec<Notice>,
}

/// Where the work of a person on it is kept.
#[derive(Debug)]
pub(in crate::gui) enum Kept {
    /// In a project file.
    In(Box<(Store, Contents)>),
    /// Nowhere: the project file can only be read.
    ReadOnly(Box<Contents>),
    /// Nowhere.
    Nowhere(Box<OpenAlignment>),
}

impl Opened {
    pub(in crate::gui) fn new(title: Option<String>, paths: Vec<PathBuf>, kept: Kept, warnings: Vec<Notice>) -> Self {
        let documents = SIDES.map(|side| &**kept.open().aligned().document(side));
        let index = Index::of_both(documents).map(Arc::new);
        Self { title, paths, kept, index, warnings }
    }
}

impl Kept {
    /// The project file.
    fn path(&self) -> Option<PathBuf> {
        match self {
            Self::In(kept) => Some(kept.0.path().to_owned()),
            Self::ReadOnly(_) | Self::Nowhere(_) => None,
        }
    }

    fn open(&self) -> &OpenAlignment {
        match self {
            Self::In(kept) => &kept.1.open,
            Self::ReadOnly(contents) => &contents.open,
            Self::Nowhere(open) => open,
        }
    }
}

pub(super) fn open_job(ctl: &Ctl, source: Source, held: Option<&Path>, folder: Option<&Path>, say: &Say) {
    let paths = source.paths();
    let is_bundled = matches!(source, Source::Bundled);
    // What the program named itself says nothing to a person.
    let named = match &source {
        Source::Project(path) => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
        _ => None,
    };
    let named = named.filter(|name| !project::is_own_name(name));
    let mut warnings = Vec::new();
    let opened = match source {
        Source::Project(path) if held == Some(&path) => Ok(None),
        Source::Project(path) => open_project(&path, &mut warnings).map(Some).map_err(|problem| Some(problem.tell())),
        Source::Aligned(files) => open_aligned(&files, folder, held, &mut warnings).map_err(Some),
        texts => open_texts(ctl, texts, folder, held, &mut warnings),
    };
    match opened {
        Ok(Some(kept)) => {
            let title = (!is_bundled).then(|| named.unwrap_or_else(|| title_of(&kept)));
            // Texts that came from no file are found again by the project that keeps them; the statement has its button.
            let kept_in = || kept.path().filter(|_| !is_bundled).into_iter().collect();
            let paths = if paths.is_empty() { kept_in() } else { paths };
            say(Event::Opened(Box::new(Opened::new(title, paths, kept, warnings))));
        }
        Ok(None) => say(Event::Already),
        Err(Some(problem)) => say(Event::Failed(problem)),
        // Nobody waits for it any more.
        Err(None) => {}
    }
}

/// What two texts are called together.
fn title_of(kept: &Kept) -> String {
    let [source, target] = SIDES.map(|side| &kept.open().aligned().document(side).name);
    format!("{source} ⇄ {target}")
}

/// Nothing where the window holds it already.
type Found = Option<Kept>;

/// A text and its translation, with the work begun on them before; the error says nothing where it was cancelled.
fn open_texts(
    ctl: &Ctl,
    source: Source,
    folder: Option<&Path>,
    held: Option<&Path>,
    warnings: &mut Vec<Notice>,
) -> Result<Found, Option<Notice>> {
    let Warned { output: (source, target), warnings: told } = open(source).map_err(Some)?;
    *warnings = told;
    let path = folder.map(|folder| project::kept_path(folder, &source, &target));
    if path.is_some() && path.as_deref() == held {
        return Ok(None);
    }
    kept_texts(ctl, source, target, path.as_deref(), warnings).map(Some).map_err(|Cancelled| None)
}

/// A project, which is only shown where its file is read-only; a warning says so.
fn open_project(path: &Path, warnings: &mut Vec<Notice>) -> Result<Kept, project::Error> {
    match project::open_kept(path) {
        Ok(kept) => Ok(Kept::In(Box::new(kept))),
        Err(problem @ project::Error::Store(StoreError::ReadOnly(_))) => {
            warnings.push(notice!("{0}; what you do is not kept", problem.tell()));
            Ok(Kept::ReadOnly(Box::new(project::kept(path)?)))
        }
        Err(problem) => Err(problem),
    }
}

/// The work begun on these texts before, or a new alignment; without a file that can be used nothing is kept, and a
/// warning says so.
fn kept_texts(
    ctl: &Ctl,
    source: Document,
    target: Document,
    path: Option<&Path>,
    warnings: &mut Vec<Notice>,
) -> Result<Kept, Cancelled> {
    let kept = path.filter(|path| path.exists()).map(|path| open_project(path, warnings));
    // The file is free again for whoever cancelled this.
    ctl.check()?;
    let align = |source, target| {
        Ok(OpenAlignment::begun(
            project::align(ctl, source, target, &project::AlignOptions::default())?,
            &project::author(None),
        ))
    };
    match kept {
        Some(Ok(kept)) => return Ok(kept),
        Some(Err(problem)) => {
            warnings.push(notice!("{0}; the texts were aligned anew, and what you do is not kept", problem.tell()));
            return Ok(Kept::Nowhere(Box::new(align(source, target)?)));
        }
        None => {}
    }
    let open = align(source, target)?;
    ctl.check()?;
    // Where no folder was given nobody expects anything to be kept.
    let Some(path) = path else { return Ok(Kept::Nowhere(Box::new(open))) };
    let problem = match project::keep(path, &open) {
        Ok(kept) => return Ok(Kept::In(Box::new(kept))),
        // Another window was quicker.
        Err(project::Error::Store(StoreError::Exists(path))) => match open_project(&path, warnings) {
            Ok(kept) => return Ok(kept),
            Err(problem) => problem,
        },
        Err(problem) => problem,
    };
    warnings.push(notice!("{0}; what you do is not kept", problem.tell()));
    Ok(Kept::Nowhere(Box::new(open)))
}

/// Texts that were aligned elsewhere, with the work begun on them before.
fn open_aligned(
    files: &[PathBuf],
    folder: Option<&Path>,
    held: Option<&Path>,
    warnings: &mut Vec<Notice>,
) -> Result<Found, Notice> {
    let opened = project::open_aligned(files, &Options::default()).map_err(|problem| problem.tell())?;
    *warnings = opened.warnings;
    let texts = opened.output;
    let open = texts.open(Some(&project::author(None)));
    let [source, target] = SIDES.map(|side| open.aligned().document(side));
    let Some(path) = folder.map(|folder| project::kept_path(folder, source, target)) else {
        return Ok(Some(Kept::Nowhere(Box::new(open))));
    };
    if Some(path.as_path()) == held {
        return Ok(None);
    }
    let kept = if path.exists() {
        open_project(&path, warnings)
    } else {
        project::keep(&path, &open).map(|kept| Kept::In(Box::new(kept)))
    };
    let kept = match kept {
        Ok(kept) => {
            let beads = |open: &OpenAlignment| open.aligned().bitext().beads;
            if beads(kept.open()) != beads(&open) {
                warnings
                    .push(notice!("These texts were worked on before; that work is shown, not the rows of the file"));
            }
            kept
        }
        Err(problem) => {
            warnings.push(notice!("{0}; what you do is not kept", problem.tell()));
            Kept::Nowhere(Box::new(open))
        }
    };
    Ok(Some(kept))
}

type Texts = Warned<(Document, Document)>;

fn open(source: Source) -> Result<Texts, Notice> {
    match source {
        Source::Project(_) | Source::Aligned(_) => Err(notice!("there are no two texts to align")),
        Source::Bundled => Ok(Warned { output: project::bundled(), warnings: Vec::new() }),
        Source::Files(source, target) | Source::Mixed(Input::File(source), Input::File(target)) => {
            open_files(&source, &target)
        }
        Source::Mixed(source, target) => {
            let (source, target) = (open_side(source)?, open_side(target)?);
            project::check_pair(&source.output, &target.output).map_err(|error| error.tell())?;
            let warnings = source.warnings.into_iter().chain(target.warnings).collect();
            Ok(Warned { output: (source.output, target.output), warnings })
        }
    }
}

fn open_files(source: &std::path::Path, target: &std::path::Path) -> Result<Texts, Notice> {
    project::open_pair(source, target, &Options::default()).map_err(|error| error.tell())
}

fn open_side(side: Input) -> Result<Warned<Document>, Notice> {
    match side {
        Input::File(path) => project::load(&path, None).map_err(|error| error.tell()),
        Input::Pasted(name, content) => project::paste(&name, &content)
            .map(|output| Warned { output, warnings: Vec::new() })
            .map_err(|error| error.tell()),
    }
}
