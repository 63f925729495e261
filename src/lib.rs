//! Duizhao 对照: a bilingual aligned-text reader, first of all for Chinese and English.
//!
//! Two texts that translate each other come in; they are cut into *segments*, aligned into *beads*, read side by side,
//! and give a *glossary*. The library does the work; a command line and a window are two thin faces over it.
//!
//! ```
//! use duizhao::project::{self, AlignOptions};
//! use duizhao::task::Ctl;
//! use duizhao::termbase::TermBase;
//!
//! let chinese = project::paste("zh", "国际法适用于网络空间。主权是基本原则。")?;
//! let english = project::paste("en", "International law applies to cyberspace. Sovereignty is the basic principle.")?;
//! let bitext = project::align(&Ctl::quiet(), chinese, english, &AlignOptions::default())?;
//! assert_eq!(bitext.beads.len(), 2);
//! assert_eq!(bitext.beads[1].kind().to_string(), "1-1");
//! let glossary = project::glossary(&Ctl::quiet(), &bitext, &TermBase::default())?;
//! assert!(glossary.terms.iter().any(|term| term.pair.chinese == "网络空间" && term.pair.english == "cyberspace"));
//! # Ok::<(), project::Error>(())
//! ```
//!
//! # Where things are
//!
//! ```text
//!   notice   lang   text   bitext   task     what all of it speaks of
//!   date   origin                            when, and who
//!   lexicon   token   gloss   encode         words, dictionary, meaning
//!   import → segment → align → work → edit   a text is read, cut, aligned, corrected
//!                       term → termbase      how its words are rendered, what was decided on them
//!   doubt   consistency                      what a person should look at
//!   find   lookup   exchange                 what a person looks for, forms of other programs
//! ──────────────────────────────────────── above this line no file, no clock, no printing ─────────────
//!   store                                    the project file
//!   project                                  the façade: opens and writes files, each use case a function
//!   cli   gui                                two thin faces
//! ```
//!
//! Data flows downward in this list, and a module uses only those above it.
//!
//! | module | what comes in → what goes out |
//! | --- | --- |
//! | [`notice`] | what a person is told, as a key with what is filled in → English or Chinese |
//! | [`lang`] | a tag or a text → its language |
//! | [`text`] | decoded content and its blocks (paragraphs, headings, items) |
//! | [`bitext`] | documents cut into segments, beads between them |
//! | [`date`] | days and moments of the calendar |
//! | [`origin`] | who did something and when; ids that are given once |
//! | [`task`] | progress and cancelling |
//! | [`import`] | bytes → a text: encodings, plain text, Markdown |
//! | [`segment`] | a text → its segments |
//! | [`lexicon`] | a Chinese word → dictionary entries; traditional → simplified |
//! | [`token`] | a text → words and the keys they are compared by |
//! | [`gloss`] | a Chinese word → English keys that may translate it |
//! | [`encode`] | sentences → vectors that lie close where the meaning does |
//! | [`align`] | two documents → scored beads; gold → weights |
//! | [`term`] | aligned units → linked words, ranked pairs of terms |
//! | [`termbase`] | concepts, their terms in each language; what a person decides on them; one taken into another |
//! | [`work`] | any number of documents, alignments between two of them, terms and what a person has made of it all |
//! | [`edit`] | a work, what a person does → edits that can be taken back |
//! | [`doubt`] | the two sides of a row → why a person should look at it; the rows of an alignment that are to be looked at |
//! | [`consistency`] | rows, their terms and a term base → where the sides do not keep to one word |
//! | [`find`] | a query or an expression → hits, forgiving case, width and script; what replaces them |
//! | [`lookup`] | what was typed so far → terms, dictionary words and places in texts |
//! | [`exchange`] | rows, terms, term bases → TMX, TBX, tables, JSON, pages; aligned texts, term bases ← the same |
//! | [`store`] | the project file: documents, rows and everything done to them |
//! | [`project`] | the façade: every use case as a function; it and the store alone open files |
//! | [`cli`] | arguments → calls of the façade → text |
#![cfg_attr(feature = "gui", doc = "| [`gui`] | the window |")]
//!
//! # What always holds
//!
//! - Segments tile their text: joined again they give it back byte for byte. Beads tile both sides in order.
//! - Offsets are bytes of the decoded text as it stands. Folding of case, width or script happens only in match keys.
//! - Everything above `store` opens no file, asks no clock, starts no thread, prints nothing; `assets` alone reads the
//!   files that a build for use has inside.
//! - Segmenting, aligning and extracting cannot fail on any text; they stop early only when cancelled.
//! - The same input gives the same bytes out: no order of a hash map shows, ties are broken by rule, logarithms and
//!   exponentials come from `libm`.
//! - Domain types are not serialised; formats have records of their own, with a version.
//! - A file is written whole or not at all.
//!
//! # Words
//!
//! *Bitext*: a text and its translation. *Segment*: what is aligned as a whole, usually a sentence. *Bead*: a group of
//! m source and n target segments that translate each other, of type m-n. *Alignment*: all beads. *Link*: a pair of
//! words. *Term*: a word or words with a special meaning in a field; *glossary*: a list of term translations.
//! *Unit*: the text of one bead on both sides.

mod assets;

pub mod notice;

pub mod lang;
pub mod text;

pub mod bitext;
pub mod date;
pub mod origin;
pub mod task;

pub mod import;
pub mod segment;

pub mod lexicon;

pub mod token;

pub mod gloss;

pub mod encode;

pub mod align;

pub mod term;

pub mod termbase;

pub mod work;

pub mod edit;

pub mod doubt;

pub mod consistency;

pub mod find;

pub mod lookup;

pub mod exchange;

pub mod store;

pub mod project;

pub mod cli;
#[cfg(feature = "gui")]
pub mod gui;
