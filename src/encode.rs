//! Sentences as vectors: texts that mean the same, in any of 16 languages, lie close together.
//!
//! The Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2020): a deep averaging network over
//! SentencePiece pieces. Each piece brings an embedding and three n-gram convolutions (orders 2, 3 and 5, two layers
//! each); their layer-normalised outputs are summed over the text, projected, divided by the square root of the number
//! of pieces, and pass a small residual network. Vectors have [`DIM`] components and length 1; the product of two is
//! their cosine.
//!
//! The weights are in `assets/encoder`, with their origin. They are unpacked once, when first asked for.
//!
//! # Groups
//!
//! Because the sum over pieces is taken before anything that is not linear, the vector of neighbouring sentences
//! joined costs almost nothing once each sentence is known alone: convolutions reach four pieces, so only the pieces
//! near a seam between two sentences change. [`Sentences`] keeps the sum of each sentence and the correction at each
//! seam; [`Sentences::group`] adds them up. For two sentences this is exact, for more it is unless one in the middle
//! is shorter than eight pieces.

mod commonness;
mod network;
mod pieces;
mod product;
mod sentences;

pub(crate) use commonness::commonness;
pub use network::DIM;
pub use sentences::Sentences;

use std::sync::OnceLock;

use network::Network;
use pieces::Pieces;

use crate::task::{Cancelled, Ctl};

/// The sentence encoder with its weights.
pub struct Encoder {
    pieces: Pieces,
    network: Network,
}

impl Encoder {
    /// The encoder that comes with the program, unpacked when first asked for (about 0.3 s and 140 MB).
    ///
    /// # Panics
    /// Never: the embedded weights are checked by a test.
    pub fn shared() -> &'static Self {
        static ENCODER: OnceLock<Encoder> = OnceLock::new();
        ENCODER.get_or_init(|| {
            let (network, pieces) = rayon::join(Network::embedded, Pieces::embedded);
            Self { pieces, network }
        })
    }

    /// One vector per text, [`DIM`] components each, one after the other.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn encode(&self, ctl: &Ctl, texts: &[&str]) -> Result<Vec<f32>, Cancelled> {
        let mut out = Vec::with_capacity(texts.len() * DIM);
        for slab in texts.chunks(sentences::SLAB) {
            let mut sentences = Sentences::alone(self);
            sentences.extend(ctl, slab)?;
            out.extend(sentences.vectors(0..slab.len(), 1));
        }
        Ok(out)
    }
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Encoder").finish_non_exhaustive()
    }
}
