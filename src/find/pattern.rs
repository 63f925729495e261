//! What to look for, made ready once.

use std::fmt;

use memchr::memmem::Finder;

use super::expression::Expression;
use super::fold::fold_query;
use crate::notice::{Notice, Tell, notice};

/// How a query is meant. By default: plain text, anywhere, forgiving case, width and script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// The query is a regular expression in the syntax of the `regex` crate.
    ///
    /// `^` and `$` mean a line; nothing reaches over a line end unless the expression names one (`\n`, `\r`) or has `.`
    /// do so by `(?s)`: `\s` and `[^,]` do not. An expression meets the text as it stands; unless `exact` is set, its
    /// letters mean either case, its characters either width and script, quotes and dashes any shape.
    pub regex: bool,
    /// Both ends of a hit are bounds of words: by UAX 29, in Chinese as the tokenizer cuts.
    /// An expression says first what its hit is; the hit is then taken or left.
    pub whole_word: bool,
    /// Case, width, script and white space count as they stand.
    pub exact: bool,
}

/// A query made ready for searching.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub(super) matcher: Matcher,
    pub(super) whole_word: bool,
}

/// What does the searching.
#[derive(Clone, Debug)]
pub(super) enum Matcher {
    /// An empty query.
    Nothing,
    /// A folded query for the folded text.
    Folded(Finder<'static>),
    /// A query for the text as it stands.
    Exact(Finder<'static>),
    /// An expression for the text as it stands.
    Expression(Box<Expression>),
}

impl Pattern {
    /// Makes a query ready. An empty one is found nowhere.
    ///
    /// # Errors
    /// [`BadPattern`] for a regular expression that is none, or whose automaton would take more than a few megabytes.
    /// Plain text is never wrong.
    pub fn new(query: &str, options: Options) -> Result<Self, BadPattern> {
        let plain = |query: String| (!query.is_empty()).then(|| Finder::new(&query).into_owned());
        let matcher = if options.regex {
            Matcher::Expression(Box::new(Expression::new(query, options.exact)?))
        } else if options.exact {
            plain(query.to_owned()).map_or(Matcher::Nothing, Matcher::Exact)
        } else {
            plain(fold_query(query)).map_or(Matcher::Nothing, Matcher::Folded)
        };
        Ok(Self { matcher, whole_word: options.whole_word })
    }

    /// The expression, if it is one.
    pub(super) fn expression(&self) -> Option<&Expression> {
        match &self.matcher {
            Matcher::Expression(expression) => Some(expression),
            Matcher::Nothing | Matcher::Folded(_) | Matcher::Exact(_) => None,
        }
    }
}

/// What is wrong with a regular expression or with the text that is to replace its hits; shown as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPattern {
    /// What is wrong, in lower case, without a full stop.
    pub message: Notice,
    /// The character where it is wrong, counted from 1; none when it is so of the whole.
    pub at: Option<usize>,
}

impl BadPattern {
    /// Something wrong at a byte of what was written.
    pub(super) fn at_byte(message: impl Into<Notice>, written: &str, byte: usize) -> Self {
        let before = written.get(..byte).unwrap_or(written);
        Self { message: message.into(), at: Some(before.chars().count() + 1) }
    }
}

impl Tell for BadPattern {
    fn tell(&self) -> Notice {
        let message = self.message.clone();
        match self.at {
            Some(at) => notice!("{0} (character {1})", message, at),
            None => message,
        }
    }
}

impl fmt::Display for BadPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tell().fmt(f)
    }
}

impl std::error::Error for BadPattern {}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(query: &str) -> String {
        let options = Options { regex: true, ..Options::default() };
        Pattern::new(query, options).expect_err("a bad expression").to_string()
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line_with_its_place() {
        assert_eq!(wrong("网络("), "unclosed group (character 3)");
        assert_eq!(wrong("a**)"), "unopened group (character 4)");
        assert_eq!(wrong("网[a"), "unclosed character class (character 2)");
        assert_eq!(wrong("*"), "repetition operator missing expression (character 1)");
        assert_eq!(wrong(r"主权\p{Klingon}"), "Unicode property not found (character 3)");
        assert_eq!(wrong(r"(a)\1"), "backreferences are not supported (character 4)");
        assert_eq!(wrong(r"\w{1000}{1000}"), "the expression is too large");
        assert!(Pattern::new("*[(", Options::default()).is_ok());
    }
}
