//! What a person has made of a row.

use std::borrow::Cow;

use crate::origin::{Author, Uuid, content_id};

/// What a person has made of a bead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// It is right as it is.
    pub confirmed: bool,
    /// It is to be looked at again.
    pub flagged: bool,
    /// It is to be found again.
    pub bookmarked: bool,
    /// What there is to say about it; several where rows with notes became one.
    pub notes: Box<[Note]>,
}

/// Something said about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Stays with the note when its text is changed.
    pub id: Uuid,
    /// What is said, never blank.
    pub text: Box<str>,
}

impl Note {
    /// A note that a person makes.
    pub fn by(author: &Author, text: impl Into<Box<str>>) -> Self {
        Self { id: author.id(), text: text.into() }
    }

    /// A note that was read from a file; the same text has the same id, wherever it stands.
    pub fn of_content(text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        Self { id: content_id("note", &[&text]), text }
    }
}

impl Mark {
    /// All that is said, a line or more for each note; empty for nothing.
    pub fn note(&self) -> Cow<'_, str> {
        match &*self.notes {
            [] => "".into(),
            [note] => (&*note.text).into(),
            notes => notes.iter().map(|note| &*note.text).collect::<Vec<_>>().join("\n").into(),
        }
    }

    /// Says something else in the place of all that was said; a blank text says nothing. The first note that was there
    /// stays the one it was.
    pub fn say(&mut self, author: &Author, text: &str) {
        let text = text.trim();
        if text == self.note() {
            return;
        }
        let id = self.notes.first().map(|note| note.id);
        self.notes = match text {
            "" => Box::default(),
            text => [Note { text: text.into(), id: id.unwrap_or_else(|| author.id()) }].into(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::Timestamp;

    #[test]
    fn a_note_stays_the_one_it_was() {
        let author = Author::new("a", || Timestamp::UNIX_EPOCH, || [1; 10]);
        let mut mark = Mark { notes: ["one", "two"].map(Note::of_content).into(), ..Mark::default() };
        let before = mark.clone();
        assert_eq!(mark.note(), "one\ntwo");
        mark.say(&author, " one\ntwo ");
        assert_eq!(mark, before);
        mark.say(&author, "one, two");
        assert_eq!(&*mark.notes, [Note { id: before.notes[0].id, text: "one, two".into() }]);
        mark.say(&author, " ");
        assert_eq!(mark, Mark::default());
        mark.say(&author, "new");
        assert_eq!((&*mark.notes, &*mark.note()), (&[Note::by(&author, "new")][..], "new"));
    }
}
