//! What a person likes, kept between one window and the next: a JSON file in the folder for settings of the system.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Error, write_atomically};
use crate::notice::{Notice, notice};

/// The version of the form that is written, and the latest that is read.
const VERSION: u32 = 1;
/// How many opened projects and texts are remembered.
const RECENT: usize = 12;

/// The settings, version 1. What a file does not say is as usual; what it says beyond is dropped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The version of the form.
    pub version: u32,
    /// The language of the interface, `en` or `zh`; nothing: that of the system.
    pub language: Option<String>,
    /// Light or dark; nothing: as the system likes.
    pub dark: Option<bool>,
    /// Whether black stands on white, or white on black.
    pub contrast: bool,
    /// The name that stands by what is done; nothing: the user of the system.
    pub author: Option<String>,
    /// The size of everything, 1 as usual.
    pub zoom: f32,
    /// How the texts of Chinese and of other languages are set.
    pub chinese: Setting,
    /// The other side.
    pub other: Setting,
    /// The panel at the right: `glossary`, `rows`, `path`; nothing: none.
    pub panel: Option<String>,
    /// Width and height of the window in points.
    pub window: Option<[f32; 2]>,
    /// Keys in the place of the usual ones, by the name of the command.
    pub keys: BTreeMap<String, Vec<String>>,
    /// What was opened last, the latest first.
    pub recent: Vec<Recent>,
}

/// How one language is set.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Setting {
    /// A face without serifs (Hei in Chinese) instead of one with them (Song).
    pub sans: bool,
    /// The size, 1 as usual.
    pub size: f32,
    /// The height of lines, 1 as usual.
    pub leading: f32,
}

impl Default for Setting {
    fn default() -> Self {
        Self { sans: false, size: 1.0, leading: 1.0 }
    }
}

/// Something that was opened: one path for a project, two for a text and its translation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// What the window called it.
    pub title: String,
    /// Where it lies.
    pub paths: Vec<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            language: None,
            dark: None,
            contrast: false,
            author: None,
            zoom: 1.0,
            chinese: Setting::default(),
            other: Setting::default(),
            panel: Some("glossary".to_owned()),
            window: None,
            keys: BTreeMap::new(),
            recent: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads a file; as usual where there is none, with a message where it cannot be read.
    pub fn load(path: &Path) -> (Self, Option<Notice>) {
        let read = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (Self::default(), None),
            Err(error) => Err(Notice::plain(error)),
            Ok(json) => match serde_json::from_str::<Self>(&json) {
                Ok(read) if read.version > VERSION => Err(notice!("version {0} is not known here", read.version)),
                read => read.map_err(Notice::plain),
            },
        };
        match read {
            Ok(settings) => (settings.sound(), None),
            Err(problem) => {
                // Settings made by hand are not lost for one mistake.
                let _ = std::fs::rename(path, path.with_extension("json.old"));
                let message = notice!("{0}: {1}; the usual settings are in use", path, problem);
                (Self::default(), Some(message))
            }
        }
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        if let Some(folder) = path.parent() {
            let fail = |error: std::io::Error| Error::Write { path: folder.to_owned(), reason: Notice::plain(error) };
            std::fs::create_dir_all(folder).map_err(fail)?;
        }
        let json = serde_json::to_string_pretty(self).expect("settings have a JSON form");
        write_atomically(path, json.as_bytes())
    }

    /// Remembers what was opened.
    pub fn opened(&mut self, title: &str, paths: Vec<PathBuf>) {
        self.recent.retain(|recent| recent.paths != paths);
        self.recent.insert(0, Recent { title: title.to_owned(), paths });
        self.recent.truncate(RECENT);
    }

    /// Sizes that a hand wrote into the file are kept within what can be read.
    fn sound(mut self) -> Self {
        let within = |value: f32, low: f32, high: f32| if value.is_finite() { value.clamp(low, high) } else { 1.0 };
        self.zoom = within(self.zoom, 0.5, 3.0);
        for setting in [&mut self.chinese, &mut self.other] {
            setting.size = within(setting.size, 0.5, 3.0);
            setting.leading = within(setting.leading, 0.7, 2.0);
        }
        self.window = self.window.filter(|size| size.iter().all(|side| (200.0..20_000.0).contains(side)));
        self
    }
}

/// The file of settings; nothing where there is no home.
pub fn settings_path() -> Option<PathBuf> {
    dirs::config_dir().map(|folder| folder.join("duizhao").join("settings.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_there_again_and_what_is_broken_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/settings.json");
        assert_eq!(Settings::load(&path), (Settings::default(), None));
        let mut settings = Settings { contrast: true, dark: Some(true), ..Settings::default() };
        for at in 0..20 {
            settings.opened(&at.to_string(), vec![PathBuf::from(format!("/texts/{}", at % 15))]);
        }
        assert_eq!((settings.recent.len(), settings.recent[0].title.as_str()), (RECENT, "19"));
        assert_eq!(settings.recent.iter().filter(|recent| recent.paths[0] == Path::new("/texts/4")).count(), 1);
        settings.save(&path).unwrap();
        assert_eq!(Settings::load(&path), (settings, None));
        std::fs::write(&path, r#"{"zoom": 900, "chinese": {"size": 1.5}, "later": 1}"#).unwrap();
        let (read, problem) = Settings::load(&path);
        assert_eq!((read.zoom, read.chinese.size, read.chinese.leading, problem), (3.0, 1.5, 1.0, None));
        std::fs::write(&path, "{").unwrap();
        let (read, problem) = Settings::load(&path);
        assert_eq!(read, Settings::default());
        assert!(problem.unwrap().to_string().contains("settings.json: EOF"));
        assert_eq!(std::fs::read_to_string(path.with_extension("json.old")).unwrap(), "{");
        std::fs::write(&path, r#"{"version": 2, "contrast": true}"#).unwrap();
        let (read, problem) = Settings::load(&path);
        assert_eq!(read, Settings::default());
        assert!(problem.unwrap().to_string().contains("settings.json: version 2 is not known here"));
    }
}
