//! Regular expressions: what is wrong with one, and what it means beyond what is written.
//!
//! Comes in: an expression as it was written. Goes out: one for the `regex` crate, where each class of characters
//! leaves line ends out and, unless it is to be exact, each character stands for its variants too.

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{self, Ast, ClassPerlKind, ClassSet, ClassSetItem, Flag, FlagsItemKind, Literal};
use regex_syntax::hir::translate::TranslatorBuilder;

use super::fold::{full_width, variants};
use super::pattern::BadPattern;
use crate::notice::{Notice, notice};

/// The most an automaton may take, in bytes; and again so much for the states it keeps while searching.
const SIZE: usize = 8 << 20;

/// An expression made ready.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    regex: Regex,
    crosses_lines: bool,
}

impl Expression {
    /// Makes an expression ready.
    ///
    /// # Errors
    /// What is wrong with it and where.
    pub(super) fn new(written: &str, exact: bool) -> Result<Self, BadPattern> {
        let ast = Parser::new()
            .parse(written)
            .map_err(|error| BadPattern::at_byte(Notice::plain(error.kind()), written, error.span().start.offset))?;
        // The `regex` crate tells what is wrong only as a drawing of several lines, so it is not the one to be asked.
        TranslatorBuilder::new()
            .case_insensitive(!exact)
            .build()
            .translate(written, &ast)
            .map_err(|error| BadPattern::at_byte(Notice::plain(error.kind()), written, error.span().start.offset))?;
        let rewritten = Rewriting::of(written, &ast, exact);
        let regex = build(&rewritten.expression, exact).or_else(|error| match error {
            regex::Error::CompiledTooBig(_) => Err(error),
            _ => build(written, exact),
        });
        let crosses_lines = rewritten.crosses_lines;
        match regex {
            // As written it may reach over line ends unasked; that happens only if rewriting went wrong.
            Ok(regex) => Ok(Self { crosses_lines: crosses_lines || regex.as_str() != rewritten.expression, regex }),
            Err(_) => Err(BadPattern { message: notice!("the expression is too large"), at: None }),
        }
    }

    /// The automaton.
    pub(super) fn regex(&self) -> &Regex {
        &self.regex
    }

    /// Whether a hit may hold a line end.
    pub(super) fn crosses_lines(&self) -> bool {
        self.crosses_lines
    }
}

fn build(expression: &str, exact: bool) -> Result<Regex, regex::Error> {
    RegexBuilder::new(expression)
        .case_insensitive(!exact)
        .multi_line(true)
        .crlf(true)
        .size_limit(SIZE)
        .dfa_size_limit(SIZE)
        .build()
}

/// An expression and what is written in it otherwise.
struct Rewriting<'a> {
    written: &'a str,
    expression: String,
    crosses_lines: bool,
    /// Parts of the expression in order and what stands there instead.
    edits: Vec<(ast::Span, String)>,
    /// Whether characters stand for their variants.
    widens: bool,
}

/// Every way to end a line that a block of the search may end by.
const WITHOUT_LINE_ENDS: &str = r"--[\r\n]]";

impl<'a> Rewriting<'a> {
    fn of(written: &'a str, ast: &Ast, exact: bool) -> Self {
        let mut out = Self {
            written,
            expression: String::new(),
            crosses_lines: false,
            edits: Vec::new(),
            widens: !exact && !has_flag(ast, Flag::Unicode),
        };
        out.crosses_lines = has_flag(ast, Flag::DotMatchesNewLine);
        let Ok(()) = ast::visit(ast, &mut out);
        // In order of place; at the same place in the order they were met.
        out.edits.sort_by_key(|(span, _)| span.start.offset);
        let mut at = 0;
        for (span, text) in &out.edits {
            out.expression.push_str(&out.written[at..span.start.offset]);
            out.expression.push_str(text);
            at = span.end.offset;
        }
        out.expression.push_str(&out.written[at..]);
        out
    }

    /// Puts `[…--[\r\n]]` around a class.
    fn leave_line_ends_out(&mut self, span: &ast::Span) {
        self.edits.push((ast::Span::splat(span.start), "[".to_owned()));
        self.edits.push((ast::Span::splat(span.end), WITHOUT_LINE_ENDS.to_owned()));
    }

    /// A character and its variants as members of a class.
    fn widened(&self, literal: &Literal) -> Option<String> {
        let variants = if self.widens { variants(literal.c) } else { Vec::new() };
        let all = std::iter::once(literal.c).chain(variants.iter().copied());
        (!variants.is_empty()).then(|| all.map(|c| regex_syntax::escape(c.encode_utf8(&mut [0; 4]))).collect())
    }
}

impl ast::Visitor for &mut Rewriting<'_> {
    type Output = ();
    type Err = std::convert::Infallible;

    fn finish(self) -> Result<(), Self::Err> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Self::Err> {
        match ast {
            Ast::Literal(literal) if is_line_end(literal) => self.crosses_lines = true,
            Ast::Literal(literal) => {
                if let Some(members) = self.widened(literal) {
                    self.edits.push((literal.span, format!("[{members}]")));
                }
            }
            Ast::ClassUnicode(class) => self.leave_line_ends_out(&class.span),
            Ast::ClassPerl(class) if (class.kind == ClassPerlKind::Space) != class.negated => {
                self.leave_line_ends_out(&class.span);
            }
            Ast::ClassBracketed(class) if !class.negated && names_line_end(&class.kind) => self.crosses_lines = true,
            Ast::ClassBracketed(class) => self.leave_line_ends_out(&class.span),
            _ => {}
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Self::Err> {
        match item {
            ClassSetItem::Literal(literal) => {
                if let Some(members) = self.widened(literal) {
                    self.edits.push((literal.span, members));
                }
            }
            ClassSetItem::Range(range) if self.widens => {
                if let (Some(first), Some(last)) = (full_width(range.start.c), full_width(range.end.c)) {
                    self.edits.push((ast::Span::splat(range.span.end), format!("{first}-{last}")));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn is_line_end(literal: &Literal) -> bool {
    matches!(literal.c, '\n' | '\r')
}

/// Whether a class has a line end among its members by name.
fn names_line_end(class: &ClassSet) -> bool {
    match class {
        ClassSet::Item(item) => item_names_line_end(item),
        ClassSet::BinaryOp(operation) => names_line_end(&operation.lhs) || names_line_end(&operation.rhs),
    }
}

fn item_names_line_end(item: &ClassSetItem) -> bool {
    match item {
        ClassSetItem::Literal(literal) => is_line_end(literal),
        ClassSetItem::Range(range) => is_line_end(&range.start) || is_line_end(&range.end),
        ClassSetItem::Bracketed(class) => names_line_end(&class.kind),
        ClassSetItem::Union(union) => union.items.iter().any(item_names_line_end),
        _ => false,
    }
}

/// Whether an expression sets or unsets a flag anywhere.
fn has_flag(ast: &Ast, wanted: Flag) -> bool {
    struct Seek(Flag, bool);
    impl ast::Visitor for Seek {
        type Output = bool;
        type Err = std::convert::Infallible;

        fn finish(self) -> Result<bool, Self::Err> {
            Ok(self.1)
        }

        fn visit_pre(&mut self, ast: &Ast) -> Result<(), Self::Err> {
            let flags = match ast {
                Ast::Flags(set) => Some(&set.flags),
                Ast::Group(group) => group.flags(),
                _ => None,
            };
            let wanted = FlagsItemKind::Flag(self.0);
            self.1 |= flags.is_some_and(|flags| flags.items.iter().any(|item| item.kind == wanted));
            Ok(())
        }
    }
    let Ok(found) = ast::visit(ast, Seek(wanted, false));
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rewritten(written: &str, exact: bool) -> (String, bool) {
        let expression = Expression::new(written, exact).expect("a good expression");
        (expression.regex.as_str().to_owned(), expression.crosses_lines)
    }

    #[test]
    fn classes_lose_line_ends_and_characters_gain_variants() {
        assert_eq!(rewritten(r"\s网", true), (r"[\s--[\r\n]]网".to_owned(), false));
        assert_eq!(rewritten(r"\s网\d", false), (r"[\s--[\r\n]][网網]\d".to_owned(), false));
        assert_eq!(rewritten(r"[^a-]", false), (r"[[^aａ\-–‑‐－]--[\r\n]]".to_owned(), false));
        assert_eq!(rewritten(r"[^\n]", true), (r"[[^\n]--[\r\n]]".to_owned(), false));
        assert_eq!(rewritten(r"[\s\n]", true), (r"[\s\n]".to_owned(), true));
        assert_eq!(rewritten(r"(?s).", true), (r"(?s).".to_owned(), true));
        assert_eq!(rewritten(r"(?-u)a", false), (r"(?-u)a".to_owned(), false));
        assert_eq!(rewritten("(?x) [a - c] # 网", false), ("(?x) [[a - cａ-ｃ]--[\\r\\n]] # 网".to_owned(), false));
    }

    proptest! {
        #[test]
        fn rewriting_never_makes_an_expression_wrong(
            written in r"(\[\^?[]a网&~^-]{0,3}(a-c|\\s|\[:alpha:\]|&&b|--[ab])?\]|[a网.(|)*+?-]|\\[swdnpb]|\(\?x\)| ){0,6}",
        ) {
            if let Ok(expression) = Expression::new(&written, false)
                && let Ok(ast) = Parser::new().parse(&written)
            {
                prop_assert_eq!(expression.regex.as_str(), &Rewriting::of(&written, &ast, false).expression);
            }
        }

        #[test]
        fn an_expression_that_stays_within_lines_does(
            written in r"(\[\^?[a网]{0,3}(a-c|\\s|\[:space:\])?\]|[a网.(|)*+$^?-]|\\[swSWDdnbB]){1,6}", text in "[a网\r\nb ]{0,20}",
        ) {
            if let Ok(expression) = Expression::new(&written, false)
                && !expression.crosses_lines()
            {
                prop_assert!(expression.regex().find_iter(&text).all(|hit| !hit.as_str().contains(['\n', '\r'])));
            }
        }
    }
}
