//! The arguments, types only.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};

use crate::lang::Lang;
use crate::project::{About, Columns, RowsForm, TermsForm};

/// Duizhao 对照: read a text and its translation side by side, aligned, with a glossary.
#[derive(Debug, Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
pub struct Args {
    /// What to do; without it the window opens.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// A text and its translation, or a project, to open in the window; the bundled joint statement without them.
    #[arg(num_args = 0..=2, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a text and its translation side by side (the bundled joint statement without files)
    Read(ReadArgs),
    /// Cut a text into segments, one a line
    Segment(SegmentArgs),
    /// Align a text and its translation
    Align(AlignArgs),
    /// Write the rows of a project for other tools
    Export(ExportArgs),
    /// Build a glossary of term translations
    Terms(TermsArgs),
    /// Find what is not consistent: terms, numbers, names
    Check(CheckArgs),
    /// Find the rows that are most likely wrong, with their reasons
    Doubts(DoubtsArgs),
    /// Look a word up in the dictionary, in term bases and in aligned texts
    Lookup(LookupArgs),
    /// Link the words of aligned sentences that translate each other
    Links(LinksArgs),
    /// Compare alignments with gold: strict and lax precision, recall and F1
    Eval(EvalArgs),
    /// Fit the aligner's weights to gold folders (for developers)
    #[cfg(feature = "fit")]
    #[command(hide = true)]
    Fit(super::fit::FitArgs),
}

/// Languages of the two sides.
#[derive(Debug, Default, clap::Args)]
pub struct LangArgs {
    /// Language of the source (BCP 47, such as zh or en-GB); recognised where not given
    #[arg(long, value_name = "TAG", value_parser = Lang::parse)]
    pub source_lang: Option<Lang>,
    /// Language of the target
    #[arg(long, value_name = "TAG", value_parser = Lang::parse)]
    pub target_lang: Option<Lang>,
}

/// Which columns of a table are read.
#[derive(Debug, Default, clap::Args)]
pub struct TableArgs {
    /// Columns of the source and the target in a table, by number or by name in its first line, such as 2,3 or 原文,译文:
    /// of the pairs among the files, or where there are none of the glossary; told by the header where not given
    #[arg(long, value_name = "SOURCE,TARGET")]
    pub columns: Option<Columns>,
}

/// Arguments of `read`.
#[derive(Debug, clap::Args)]
pub struct ReadArgs {
    /// A text and its translation
    #[arg(num_args = 0..=2, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Languages
    #[command(flatten)]
    pub langs: LangArgs,
}

/// Arguments of `segment`.
#[derive(Debug, clap::Args)]
pub struct SegmentArgs {
    /// The text
    pub file: PathBuf,
    /// Its language (BCP 47); recognised where not given
    #[arg(long, value_name = "TAG", value_parser = Lang::parse)]
    pub lang: Option<Lang>,
    /// Write here instead of standard output (-)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Arguments of `align`.
#[derive(Debug, clap::Args)]
pub struct AlignArgs {
    /// A text and its translation
    #[arg(num_args = 2, value_name = "FILE", required_unless_present = "pairs")]
    pub files: Vec<PathBuf>,
    /// Align several pairs: a file with `source`, `target` and `output` on each line, separated by tabs
    #[arg(long, value_name = "FILE", conflicts_with_all = ["files", "output"])]
    pub pairs: Option<PathBuf>,
    /// Without the sentence encoder: by dictionary, length and punctuation alone
    #[arg(long)]
    pub fast: bool,
    /// Know the terms of a term base or glossary besides the dictionary; given again, merged
    #[arg(long, value_name = "BASE")]
    pub terms: Vec<PathBuf>,
    /// How many threads to use, 1 to 256; as many as there are cores where not given
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<u16>,
    /// Every line of the input is one segment, blank ones too
    #[arg(long)]
    pub segmented: bool,
    /// Form of the output
    #[arg(long, value_parser = rows_form(), default_value = "links")]
    pub format: &'static RowsForm,
    /// Write here instead of standard output (-)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Languages
    #[command(flatten)]
    pub langs: LangArgs,
    /// Columns of tables
    #[command(flatten)]
    pub table: TableArgs,
}

/// More threads take memory and no less time.
const THREADS: u16 = 256;

fn threads(typed: &str) -> Result<u16, String> {
    let threads = typed.parse().ok().filter(|threads| (1..=THREADS).contains(threads));
    threads.ok_or_else(|| format!("give a number from 1 to {THREADS}; without --threads as many as there are cores"))
}

/// The forms that rows go out in, by their codes.
fn rows_form() -> impl TypedValueParser<Value = &'static RowsForm> {
    let codes = PossibleValuesParser::new(RowsForm::written().map(|form| offered(&form.about)));
    codes.try_map(|code| RowsForm::of_code(&code).ok_or(code))
}

/// A form as the help shows it.
fn offered(about: &About) -> PossibleValue {
    PossibleValue::new(about.code).help(about.help())
}

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// A project
    #[arg(value_name = "FILE.duizhao")]
    pub project: PathBuf,
    /// Form of the output
    #[arg(long, value_parser = rows_form(), default_value = "tmx")]
    pub format: &'static RowsForm,
    /// Only the rows that were confirmed
    #[arg(long)]
    pub confirmed: bool,
    /// Write here instead of standard output (-)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Arguments of `terms`.
#[derive(Debug, clap::Args)]
pub struct TermsArgs {
    /// A text and its translation, a project, or one file of aligned pairs; more of them are read together
    #[arg(num_args = 1.., required_unless_present = "from", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A term base or glossary (TBX, CSV, TSV, UTX, MultiTerm XML, our JSON); given again, each further one is merged into
    /// the first. With texts it says what was decided: it goes out with what they have besides, and what it rejects is not
    /// listed
    #[arg(long, value_name = "FILE")]
    pub from: Vec<PathBuf>,
    /// Form of the output; tsv where terms are extracted, termbase where they are read
    #[arg(long, value_parser = terms_form())]
    pub format: Option<TermsFormat>,
    /// Write here instead of standard output (-)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Languages
    #[command(flatten)]
    pub langs: LangArgs,
    /// Columns of tables
    #[command(flatten)]
    pub table: TableArgs,
}

/// In what form terms go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermsFormat {
    /// Ranked pairs as a table.
    Tsv,
    /// Ranked pairs as JSON.
    Json,
    /// As a term base.
    Base(&'static TermsForm),
}

/// What is extracted is ranked; term bases have forms of their own.
const RANKED: [(&str, &str, TermsFormat); 2] = [
    ("tsv", "What was extracted, tab-separated, best first", TermsFormat::Tsv),
    ("json", "What was extracted, as JSON with scores and contexts", TermsFormat::Json),
];

/// The forms that terms go out in, by their codes.
fn terms_form() -> impl TypedValueParser<Value = TermsFormat> {
    let ranked = RANKED.into_iter().map(|(code, help, _)| PossibleValue::new(code).help(help));
    let bases = TermsForm::written().map(|form| offered(&form.about));
    let of_code = |code: String| {
        let ranked = RANKED.into_iter().find(|(own, ..)| *own == code).map(|(.., format)| format);
        ranked.or_else(|| TermsForm::of_code(&code).map(TermsFormat::Base)).ok_or(code)
    };
    PossibleValuesParser::new(ranked.chain(bases)).try_map(of_code)
}

impl TermsFormat {
    /// The form of a term base; the two of extracted pairs are none.
    pub fn of_term_base(self) -> Option<&'static TermsForm> {
        match self {
            Self::Tsv | Self::Json => None,
            Self::Base(form) => Some(form),
        }
    }
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// A text and its translation; or a project, a file of aligned pairs, or links with the two texts they link; more of
    /// them are checked together, their rows numbered through
    #[arg(num_args = 1.., required_unless_present = "pairs", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Check several pairs: a file with `source`, `target` and `output` on each line, separated by tabs
    #[arg(long, value_name = "FILE", conflicts_with_all = ["files", "output"])]
    pub pairs: Option<PathBuf>,
    /// Hold the texts to a term base or glossary (TBX, CSV, TSV, UTX, MultiTerm XML, our JSON); given again, each further
    /// one is merged into the first
    #[arg(long, value_name = "BASE")]
    pub terms: Vec<PathBuf>,
    /// Rows of an earlier check (tsv) that are right: they are not told again
    #[arg(long, value_name = "FILE")]
    pub accepted: Vec<PathBuf>,
    /// How the texts are read and what is found goes out
    #[command(flatten)]
    pub report: ReportArgs,
}

/// Arguments of `doubts`.
#[derive(Debug, clap::Args)]
pub struct DoubtsArgs {
    /// A text and its translation; or a project, a file of aligned pairs, or links with the two texts they link
    #[arg(num_args = 1..=3, required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Every row, and not only the doubtful ones
    #[arg(long)]
    pub all: bool,
    /// How the texts are read and what is found goes out
    #[command(flatten)]
    pub report: ReportArgs,
}

/// How texts are read that are reported on, and in what form the report goes out.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// Every line of the input is one segment, blank ones too
    #[arg(long)]
    pub segmented: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
    /// Write here instead of standard output (-)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Languages
    #[command(flatten)]
    pub langs: LangArgs,
    /// Columns of tables
    #[command(flatten)]
    pub table: TableArgs,
}

/// Forms of what is found in texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people, with the sentences to look at
    Text,
    /// Everything, as JSON
    Json,
    /// A table with a header
    Tsv,
}

/// Arguments of `lookup`.
#[derive(Debug, clap::Args)]
pub struct LookupArgs {
    /// Chinese in either script, pinyin with or without tones, or English in any inflection
    pub text: String,
    /// Where to look besides the dictionary: a text and its translation, an aligned file, or a project with its terms
    #[arg(num_args = 0..=3, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A term base or glossary to look in (TBX, CSV, TSV, UTX, MultiTerm XML, our JSON); may be given again
    #[arg(long, value_name = "BASE")]
    pub terms: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = LookupFormat::Text)]
    pub format: LookupFormat,
    /// The most answers of each kind
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    pub limit: u16,
    /// Languages
    #[command(flatten)]
    pub langs: LangArgs,
    /// Columns of tables
    #[command(flatten)]
    pub table: TableArgs,
}

/// Forms of what was looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LookupFormat {
    /// To be read
    Text,
    /// One JSON object
    Json,
}

/// Arguments of `links`.
#[derive(Debug, clap::Args)]
pub struct LinksArgs {
    /// A Chinese text and its English translation, either first
    #[arg(num_args = 2, required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Every line of the input is one sentence, its words separated by spaces (the only form there is)
    #[arg(long, required = true)]
    pub tokenized: bool,
    /// Without the sentence encoder: by dictionary and what the text itself teaches
    #[arg(long)]
    pub fast: bool,
    /// Write here instead of standard output (-)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Arguments of `eval`.
#[derive(Debug, clap::Args)]
pub struct EvalArgs {
    /// Gold beads, or a folder of NAME.gold
    pub gold: PathBuf,
    /// Beads to judge, or a folder of NAME.links
    pub hyp: PathBuf,
    /// Print the figures of each document, too
    #[arg(short, long)]
    pub verbose: bool,
}
