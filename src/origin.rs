//! Who did something and when, and ids that are given once.
//!
//! Ids are UUIDs (RFC 9562). What a person makes gets one of version 7, from the time and random bytes. What is computed
//! or read from a file gets one of version 8, from its content, so that the same input gives the same ids: the first 16
//! bytes of the SHA-256 of its kind and its parts, each behind its length in bytes (64 bits, big endian).
//!
//! The time and the random bytes come from the rim, within an [`Author`].

use std::sync::Arc;

pub use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
pub use uuid::Uuid;

use crate::date::Date;

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name of a person.
    pub author: Arc<str>,
    /// The moment, to the millisecond.
    pub at: Timestamp,
}

/// A person at work: a name, and what the world around gives.
#[derive(Clone, Debug)]
pub struct Author {
    name: Arc<str>,
    now: fn() -> Timestamp,
    random: fn() -> [u8; 10],
}

impl Author {
    /// A person of a name, with a clock and a source of random bytes.
    pub fn new(name: &str, now: fn() -> Timestamp, random: fn() -> [u8; 10]) -> Self {
        Self { name: name.trim().into(), now, random }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// This person now.
    pub fn origin(&self) -> Origin {
        let now = (self.now)();
        // Parts of a millisecond would be lost in a file.
        let at = Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
        Origin { author: Arc::clone(&self.name), at }
    }

    /// The day it is, in UTC; nothing outside the years 1 to 9999.
    pub fn today(&self) -> Option<Date> {
        Date::of((self.now)())
    }

    /// An id for what this person makes now.
    pub fn id(&self) -> Uuid {
        // A clock that stands before 1970 gives ids of the first moment.
        let millis = u64::try_from((self.now)().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &(self.random)()).into_uuid()
    }
}

/// The id of what is computed or read from a file: the same for the same kind and parts.
pub fn content_id(kind: &str, parts: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    for part in [kind].iter().chain(parts) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn author(millis: fn() -> Timestamp) -> Author {
        Author::new(" 李译 ", millis, || [7; 10])
    }

    #[test]
    fn what_a_person_makes_has_an_id_of_its_time() {
        let author = author(|| Timestamp::new(1_795_305_600, 123_456_789).unwrap());
        assert_eq!(author.name(), "李译");
        let origin = author.origin();
        assert_eq!((&*origin.author, origin.at.to_string().as_str()), ("李译", "2026-11-22T00:00:00.123Z"));
        let id = author.id();
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.as_u128() >> 80, 1_795_305_600_123);
        assert_eq!(author.today(), Date::new(2026, 11, 22));
    }

    #[test]
    fn a_clock_before_1970_does_no_harm() {
        let author = author(|| Timestamp::new(-1, 0).unwrap());
        assert_eq!(author.id().as_u128() >> 80, 0);
        assert_eq!(author.origin().at.as_millisecond(), -1000);
    }

    #[test]
    fn content_has_one_id_whoever_reads_it() {
        let id = content_id("note", &["a", "bc"]);
        assert_eq!(id.get_version_num(), 8);
        // Kept in files: it must never change.
        assert_eq!(id.to_string(), "e6fc9a9c-0eb0-8d5c-84a9-a71997001019");
        for other in [&["ab", "c"][..], &["a", "bc", ""], &["a"], &["bc", "a"]] {
            assert_ne!(content_id("note", other), id);
        }
        assert_ne!(content_id("document", &["a", "bc"]), id);
    }
}
