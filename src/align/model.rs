//! The weights of the evidence, a small readable file.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::notice::{Notice, Tell, notice};
use serde::{Deserialize, Serialize};

/// The version of the file's form.
const VERSION: u32 = 2;

static EMBEDDED: &str = include_str!("../../assets/align/weights.json");

/// Which sources of evidence speak: each set has weights of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Set {
    /// All of them.
    Full,
    /// All but the sentence encoder.
    Fast,
    /// All but the dictionary, for languages that have none here.
    Foreign,
}

impl Set {
    /// Every set.
    pub const ALL: [Self; 3] = [Self::Full, Self::Fast, Self::Foreign];

    /// Whether a feature, by its name, belongs to the set.
    pub fn holds(self, feature: &str) -> bool {
        match self {
            Self::Full => true,
            Self::Fast => !feature.starts_with("meaning: "),
            Self::Foreign => !feature.starts_with("lexicon: "),
        }
    }
}

/// Weights of each set by the name of the feature.
pub type Weights = BTreeMap<Set, BTreeMap<String, f32>>;

/// Weights with where they come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    version: u32,
    /// How and from what the weights were made.
    pub made: String,
    weights: Weights,
}

/// Why a file of weights was refused.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.tell())]
pub enum Error {
    /// Not JSON of the right form.
    Form(serde_json::Error),
    /// Another version.
    Version(u32),
}

impl Tell for Error {
    fn tell(&self) -> Notice {
        match self {
            Self::Form(problem) => notice!("the weights cannot be read: {0}", problem.to_string()),
            Self::Version(version) => {
                notice!("the weights have version {0}, this program reads version {1}", *version, VERSION)
            }
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(problem: serde_json::Error) -> Self {
        Self::Form(problem)
    }
}

impl Model {
    /// The weights that come with the program.
    pub fn embedded() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Self::from_json(EMBEDDED).expect("the embedded weights are checked by a test"))
    }

    /// Reads weights.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let model: Self = serde_json::from_str(json)?;
        if model.version == VERSION { Ok(model) } else { Err(Error::Version(model.version)) }
    }

    /// Weights as fitted.
    pub fn new(made: String, weights: Weights) -> Self {
        Self { version: VERSION, made, weights }
    }

    /// The file's form.
    ///
    /// # Panics
    /// Never: numbers and strings always have a JSON form.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("numbers and strings have a JSON form") + "\n"
    }

    /// The weights of named features in their order; 0 for one that the model does not know.
    pub fn weights_for(&self, set: Set, names: &[&str]) -> Vec<f32> {
        let weights = self.weights.get(&set);
        names.iter().map(|&name| weights.and_then(|all| all.get(name)).copied().unwrap_or(0.0)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_weights_are_of_this_version_and_round() {
        let model = Model::embedded();
        assert_eq!(&Model::from_json(&model.to_json()).unwrap(), model);
        assert!(matches!(
            Model::from_json(&model.to_json().replace("\"version\": 2", "\"version\": 9")),
            Err(Error::Version(9))
        ));
    }
}
