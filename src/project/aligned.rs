//! Opening texts that were aligned elsewhere.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::Error;
use super::files::{import_error, load_segmented, located, name_of, note, read, settle};
use super::pair::{Options, check_pair};
use crate::bitext::{Bead, Bitext};
use crate::edit::Action;
use crate::exchange::rows::{self, Aligned, Row, RowsForm, Side, Wishes, intertext, links};
use crate::exchange::table::Columns;
use crate::import::{self, Warned};
use crate::lang::{Lang, Language};
use crate::notice::{Notice, notice};
use crate::origin::Author;
use crate::work::OpenAlignment;

/// A text and its translation as they were aligned elsewhere.
#[derive(Clone, Debug)]
pub struct AlignedTexts {
    /// The texts and their rows; a row whose score the form does not carry has 1.
    pub bitext: Bitext,
    /// For each row whether a person has confirmed it, where the form says so.
    pub confirmed: Vec<bool>,
}

impl AlignedTexts {
    /// The rows with what the form says was confirmed; for a person who begins to work on them, if any.
    pub fn open(self, author: Option<&Author>) -> OpenAlignment {
        let confirmed = self.confirmed;
        let mut out = match author {
            Some(author) => OpenAlignment::begun(self.bitext, author),
            None => self.bitext.into(),
        };
        for run in runs(&confirmed) {
            let rows = run.clone();
            if let Ok(edit) = out.aligned().mark(rows, Action::Confirm, |mark| mark.confirmed = true) {
                // It was made of these rows a moment ago.
                let _ = out.work_mut().apply(&edit);
            }
        }
        out
    }
}

/// Stretches of `true`.
fn runs(flags: &[bool]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, _) in flags.iter().enumerate().filter(|(_, flag)| **flag) {
        match out.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end += 1,
            None => out.push(at..at + 1),
        }
    }
    out
}

/// Whether files look, by their names, as if they were an aligned text: one of pairs, or three of which one holds links.
/// Other names may open too: what Bertalign prints is often kept as `.txt`, as plain texts are.
pub fn is_aligned_form(paths: &[impl AsRef<Path>]) -> bool {
    let endings: Vec<String> = paths.iter().map(|path| ending(path.as_ref())).collect();
    match endings.as_slice() {
        [one] => RowsForm::of_ending(one).is_some(),
        [_, _, _] => {
            let links = endings.iter().filter(|ending| is_ending_of_links(ending)).count();
            links == 1 || endings.iter().all(|ending| ending == "xml")
        }
        _ => false,
    }
}

fn is_ending_of_links(ending: &str) -> bool {
    rows::links::FORM.about.endings.contains(&ending)
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// Opens a text aligned elsewhere: one file of pairs, or links and the two texts they link in any order. The form is told
/// by the ending and the content, which text is the source by the links. Languages that are not given are those the form
/// names, otherwise they are recognised; given ones also say which side is the source, where the form names both, and which
/// are read of more. Of a table columns may be given.
///
/// Warnings name the lines that could not be taken over as they stand.
///
/// # Errors
/// When a file cannot be read, is not of its form, or both sides are in one language.
pub fn open_aligned(paths: &[PathBuf], options: &Options) -> Result<Warned<AlignedTexts>, Error> {
    let langs = [options.source_lang.as_ref(), options.target_lang.as_ref()];
    let files: Vec<File> = match paths {
        [_] | [_, _, _] => paths.iter().map(|path| File::read(path)).collect::<Result<_, _>>()?,
        _ => return Err(Error::NotAligned { count: paths.len(), problem: "that takes one file or three" }),
    };
    let damaged: Vec<Notice> = files.iter().flat_map(|file| file.located(file.damaged.clone())).collect();
    let mut out = match <[File; 3]>::try_from(files) {
        Ok(files) => open_linked(files, langs),
        Err(files) => open_pairs(&files[0], langs, options.columns.as_ref()),
    }?;
    out.warnings.splice(0..0, damaged);
    Ok(out)
}

/// An error with the file and, where it has one, the line.
pub(super) fn located_error(path: &Path, problem: rows::Error) -> Error {
    let path = path.to_owned();
    match problem {
        rows::Error::Line { line, problem } => Error::Line { path, line, problem },
        problem => Error::Aligned { path, problem },
    }
}

/// A decoded file.
#[derive(Clone)]
struct File {
    path: PathBuf,
    content: String,
    /// What could not be decoded.
    damaged: Vec<Notice>,
}

impl File {
    fn read(path: &Path) -> Result<Self, Error> {
        let decoded = import::decode_damaged(&read(path)?).map_err(|problem| import_error(path, problem))?;
        Ok(Self { path: path.to_owned(), content: decoded.content, damaged: decoded.warnings })
    }

    /// Its text as an input.
    fn bytes(&self) -> &[u8] {
        self.content.as_bytes()
    }

    fn error(&self, problem: rows::Error) -> Error {
        located_error(&self.path, problem)
    }

    fn name(&self) -> String {
        name_of(&self.path)
    }

    fn located(&self, problems: Vec<Notice>) -> Vec<Notice> {
        located(&self.path, problems)
    }

    fn is_xml(&self, root: &str) -> bool {
        self.content.trim_start().starts_with('<') && self.content.contains(root)
    }

    fn has_links(&self) -> bool {
        self.content
            .lines()
            .find(|line| !line.trim().is_empty())
            .is_some_and(|line| links::read(&mut line.as_bytes()).is_ok())
    }
}

/// Where two texts come from one file.
fn open_pairs(
    file: &File,
    langs: [Option<&Lang>; 2],
    columns: Option<&Columns>,
) -> Result<Warned<AlignedTexts>, Error> {
    let content = &file.content;
    if file.has_links() || file.is_xml("<linkGrp") {
        return Err(Error::NotAligned { count: 1, problem: "it holds links and not the texts they link" });
    }
    let form = RowsForm::told(&ending(&file.path), content, columns);
    let read = form.read(&mut file.bytes(), &Wishes { langs, columns });
    let read = read.map_err(|problem| file.error(problem))?;
    let warnings = file.located(read.problems());
    let read = if is_crossed(&read, langs) { read.swapped() } else { read };
    let about = |side: &Side, lang: Option<&Lang>| {
        let lang = settled(&file.path, lang, side)?;
        let name = format!("{} ({lang})", file.name());
        Ok::<_, Error>((name, lang))
    };
    let (source, target) = (about(&read.source, langs[0])?, about(&read.target, langs[1])?);
    let mut out = made(&read, source, target)?;
    out.warnings.splice(0..0, warnings);
    Ok(out)
}

/// Whether the languages that were asked for are those of the file the other way round.
fn is_crossed(read: &Aligned, langs: [Option<&Lang>; 2]) -> bool {
    let named = [&read.source, &read.target].map(|side| side.lang.as_ref().map(Lang::language));
    let agree = |given: Option<&Lang>, named: Option<Language>| given.is_some() && given.map(Lang::language) == named;
    let straight = agree(langs[0], named[0]) || agree(langs[1], named[1]);
    let crossed = agree(langs[0], named[1]) || agree(langs[1], named[0]);
    crossed && !straight
}

/// The language that was given, that the form names, or that the text looks to be in.
fn settled(path: &Path, lang: Option<&Lang>, side: &Side) -> Result<Lang, Error> {
    match lang.or(side.lang.as_ref()) {
        Some(lang) => Ok(lang.clone()),
        None => settle(path, None, &side.pieces.concat()),
    }
}

/// Makes documents of the sides, each with its name and language.
fn made(read: &Aligned, source: (String, Lang), target: (String, Lang)) -> Result<Warned<AlignedTexts>, Error> {
    let source = read.source.document(source.0, source.1);
    let target = read.target.document(target.0, target.1);
    check_pair(&source, &target)?;
    let (beads, confirmed) = beads(&read.rows);
    let bitext = Bitext { source: source.into(), target: target.into(), beads };
    Ok(Warned { output: AlignedTexts { bitext, confirmed }, warnings: Vec::new() })
}

fn beads(rows: &[Row]) -> (Vec<Bead>, Vec<bool>) {
    let bead = |row: &Row| {
        // Who aligned it elsewhere was sure, as far as we know.
        let score = row.score.unwrap_or(1.0);
        (Bead { source: row.source.clone(), target: row.target.clone(), score }, row.confirmed)
    };
    rows.iter().map(bead).unzip()
}

/// Where links and texts are files of their own.
fn open_linked(files: [File; 3], langs: [Option<&Lang>; 2]) -> Result<Warned<AlignedTexts>, Error> {
    let of_intertext = |file: &File| file.is_xml("<linkGrp");
    let is_links = |file: &File| of_intertext(file) || file.has_links();
    let by_name = |file: &File| is_ending_of_links(&ending(&file.path));
    let found = files.iter().position(|file| is_links(file) && (by_name(file) || of_intertext(file)));
    let Some(at) = found.or_else(|| files.iter().position(is_links)) else {
        return Err(Error::NotAligned { count: 3, problem: "none of them holds links such as [0, 1]:[0]" });
    };
    let (mut texts, mut links) = (Vec::new(), Vec::new());
    for (number, file) in files.into_iter().enumerate() {
        if number == at { links.push(file) } else { texts.push(file) }
    }
    let (Some(links), Ok([first, second])) = (links.pop(), <[File; 2]>::try_from(texts)) else {
        return Err(Error::NotAligned { count: 3, problem: "two texts are missing" });
    };
    if of_intertext(&links) {
        open_intertext(&links, [first, second], langs)
    } else {
        open_links(&links, [first, second], langs)
    }
}

/// Which of two orders of texts fits better; as they were given, where both do alike.
fn in_order(texts: [File; 2], fit: impl Fn(&File, &File) -> (usize, usize)) -> [File; 2] {
    let [first, second] = texts;
    if fit(&second, &first) > fit(&first, &second) { [second, first] } else { [first, second] }
}

fn open_links(links: &File, texts: [File; 2], langs: [Option<&Lang>; 2]) -> Result<Warned<AlignedTexts>, Error> {
    let read = links::read(&mut links.bytes()).map_err(|problem| links.error(problem))?;
    let last = |side: fn(&links::Link) -> &Vec<usize>| {
        read.iter().flat_map(side).max().map_or(0, |&number| number.saturating_add(1))
    };
    let (source, target) = (last(|link| &link.source), last(|link| &link.target));
    // Links name the last segment of both texts, or at least none beyond it.
    let closeness = |named: usize, file: &File| match file.content.split_inclusive('\n').count() {
        count if count == named => 2,
        count if count > named => 1,
        _ => 0,
    };
    let speaks = |lang: Option<&Lang>, file: &File| {
        let recognised = Lang::recognise(&file.content).ok();
        usize::from(lang.zip(recognised).is_some_and(|(given, found)| given.language() == found.language()))
    };
    let fit = |a: &File, b: &File| {
        let (a_fits, b_fits) = (closeness(source, a), closeness(target, b));
        let counts = if a_fits * b_fits == 0 { 0 } else { a_fits + b_fits };
        (counts, speaks(langs[0], a) + speaks(langs[1], b))
    };
    let [source, target] = in_order(texts, fit);
    let (source, target) = (load_segmented(&source.path, langs[0])?, load_segmented(&target.path, langs[1])?);
    let mut warnings = source.warnings;
    warnings.extend(target.warnings);
    let (source, target) = (source.output, target.output);
    check_pair(&source, &target)?;
    let arranged = links::arrange(&read, source.segments.len(), target.segments.len());
    let arranged = arranged.map_err(|problem| links.error(problem))?;
    let (beads, confirmed) = beads(&arranged.rows);
    warnings.extend(links.located(Aligned { joined: arranged.joined, ..Aligned::default() }.problems()));
    let bitext = Bitext { source: source.into(), target: target.into(), beads };
    Ok(Warned { output: AlignedTexts { bitext, confirmed }, warnings })
}

fn open_intertext(links: &File, texts: [File; 2], langs: [Option<&Lang>; 2]) -> Result<Warned<AlignedTexts>, Error> {
    let read = intertext::read_links(&mut links.bytes()).map_err(|problem| links.error(problem))?;
    let text = |file: &File| intertext::read_text(&mut file.bytes()).map_err(|problem| file.error(problem));
    let sentences = [text(&texts[0])?, text(&texts[1])?];
    let is_named = |file: &File, name: &str| usize::from(name.rsplit(['/', '\\']).next() == Some(file.name().as_str()));
    let first_path = texts[0].path.clone();
    let fit = |a: &File, b: &File| {
        let (left, right) = if a.path == first_path { (0, 1) } else { (1, 0) };
        let names = is_named(a, &read.from) + is_named(b, &read.to);
        (names, intertext::fit(&read, &sentences[left], &sentences[right]))
    };
    let [source, target] = in_order(texts, fit);
    let [first, second] = &sentences;
    let (from, to) = if source.path == first_path { (first, second) } else { (second, first) };
    let mut joined = intertext::join(&read, from, to).map_err(|problem| links.error(problem))?;
    let mut warnings = links.located(joined.problems());
    for (file, text) in [(&source, from), (&target, to)] {
        if let Some(lines) = rows::listed(&text.outside) {
            warnings.extend(file.located(vec![notice!("text outside of sentences was left out: {0}", lines)]));
        }
    }
    let about = |file: &File, side: &Side, lang| Ok::<_, Error>((file.name(), settled(&file.path, lang, side)?));
    let (source_about, target_about) =
        (about(&source, &joined.source, langs[0])?, about(&target, &joined.target, langs[1])?);
    joined.source.note = note(&source.path, &source.name(), &mut warnings);
    joined.target.note = note(&target.path, &target.name(), &mut warnings);
    let out = made(&joined, source_about, target_about)?;
    Ok(Warned { output: out.output, warnings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::write_atomically;

    /// Files of a new folder.
    fn files(contents: &[(&str, &str)]) -> (tempfile::TempDir, Vec<PathBuf>) {
        let folder = tempfile::tempdir().unwrap();
        let paths = contents.iter().map(|(name, content)| {
            let path = folder.path().join(name);
            write_atomically(&path, content.as_bytes()).unwrap();
            path
        });
        let paths = paths.collect();
        (folder, paths)
    }

    /// Rows as `source ⇄ target`, with their languages and warnings before them.
    fn shown(opened: &Warned<AlignedTexts>) -> Vec<String> {
        let bitext = &opened.output.bitext;
        assert!(bitext.is_tiled() && opened.output.confirmed.len() == bitext.beads.len());
        let head = format!("{} {}", bitext.source.lang, bitext.target.lang);
        let rows = bitext.beads.iter().zip(&opened.output.confirmed).map(|(bead, confirmed)| {
            let source = bitext.source.shown(bead.source.clone()).text.replace('\n', "/");
            let target = bitext.target.shown(bead.target.clone()).text.replace('\n', "/");
            format!("{source} ⇄ {target}{}", if *confirmed { " ✓" } else { "" })
        });
        std::iter::once(head).chain(rows).collect()
    }

    fn open(contents: &[(&str, &str)]) -> Result<Warned<AlignedTexts>, Error> {
        open_aligned(&files(contents).1, &Options::default())
    }

    #[test]
    fn every_form_opens_by_ending_and_content() {
        let rows = ["zh en", "今天下雨。 ⇄ It rains today.", "我没去。 ⇄ I did not go."];
        let tabs = "今天下雨。\tIt rains today.\n我没去。\tI did not go.\n";
        let lines = "今天下雨。\nIt rains today.\n\n我没去。\nI did not go.\n\n";
        let json = "{\"source\":\"今天下雨。\",\"target\":\"It rains today.\"}\n{\"source\":\"我没去。\",\"target\":\"I did not go.\"}";
        let tmx = "<tmx><body><tu><tuv lang='zh'><seg>今天下雨。</seg></tuv><tuv lang='en'><seg>It rains today.</seg></tuv></tu>\
                   <tu><tuv lang='zh'><seg>我没去。</seg></tuv><tuv lang='en'><seg>I did not go.</seg></tuv></tu></body></tmx>";
        for (name, content) in [
            ("a.TSV", tabs),
            ("a.txt", tabs),
            ("a.csv", &tabs.replace('\t', ",")),
            ("a.txt", lines),
            ("a.jsonl", json),
            ("a.json", json),
            ("a.tmx", tmx),
            ("a.xml", tmx),
        ] {
            assert_eq!(shown(&open(&[(name, content)]).unwrap()), rows, "{name}");
        }
    }

    #[test]
    fn links_find_their_texts_in_any_order() {
        let (zh, en) = (("zh.txt", "今天下雨。\n\n我没去。\n"), ("en.txt", "It rains today, so I did not go.\n"));
        let links = ("a.links", "[0, 2]:[0]:0.93\n");
        let rows = ["zh en", "今天下雨。//我没去。 ⇄ It rains today, so I did not go."];
        for order in [[zh, en, links], [links, en, zh], [en, links, zh]] {
            let opened = open(&order).unwrap();
            assert_eq!(shown(&opened), rows);
            assert_eq!(opened.warnings.len(), 1, "a segment was leapt over");
        }
        let problem = open(&[zh, en, ("a.links", "[0]:[0]\n[7]:[]\n")]).unwrap_err().to_string();
        assert!(problem.contains("a.links, line 2: source segment 7 is named, but the source has 3"), "{problem}");
        let problem = open(&[links]).unwrap_err().to_string();
        assert!(problem.contains("this file is no aligned text: it holds links"), "{problem}");
        let problem = open(&[zh, en, ("b.txt", "x")]).unwrap_err().to_string();
        assert!(problem.contains("none of them holds links"), "{problem}");
    }

    #[test]
    fn intertext_finds_its_texts_by_name() {
        let zh = "<text><p><s id='1:1'>今天下雨。</s> <s id='1:2'>我没去。</s></p></text>";
        let en = "<text><p><s id='1:1'>It rains today.</s> <s id='1:2'>I did not go.</s></p></text>";
        let links = "<linkGrp toDoc='en.xml' fromDoc='x/zh.xml'><link xtargets='1:1;1:1' status='man'/>\
                     <link xtargets='1:2;1:2' status='auto'/></linkGrp>";
        let rows = ["zh en", "今天下雨。 ⇄ It rains today. ✓", "我没去。 ⇄ I did not go."];
        let (zh, en, links) = (("zh.xml", zh), ("en.xml", en), ("zh.en.xml", links));
        for order in [[zh, en, links], [links, en, zh], [en, links, zh]] {
            assert_eq!(shown(&open(&order).unwrap()), rows);
        }
    }

    #[test]
    fn given_languages_choose_the_source_where_the_file_names_both() {
        let (_folder, paths) = files(&[("a.tsv", "en-GB\tzh-Hant\nIt rains.\t下雨了。\nalone\n")]);
        let chinese = Options { source_lang: Some(Lang::of(Language::Chinese)), ..Options::default() };
        let opened = open_aligned(&paths, &chinese).unwrap();
        assert_eq!(shown(&opened), ["zh en-GB", "下雨了。 ⇄ It rains."]);
        assert!(opened.warnings[0].to_string().ends_with("second side: line 3"), "{:?}", opened.warnings);
        assert_eq!(shown(&open_aligned(&paths, &Options::default()).unwrap())[0], "en-GB zh-Hant");
    }

    #[test]
    fn memories_in_utf_16_open_and_binary_files_say_so() {
        let (folder, _) = files(&[]);
        let path = folder.path().join("a.tmx");
        let memory = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE tmx SYSTEM \"tmx14.dtd\"><tmx><body><tu>\
                      <tuv xml:lang='en'><seg>A&#13;</seg></tuv><tuv xml:lang='zh'><seg>甲</seg></tuv></tu></body></tmx>";
        let bytes: Vec<u8> = [0xfeff].into_iter().chain(memory.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        write_atomically(&path, &bytes).unwrap();
        let opened = open_aligned(std::slice::from_ref(&path), &Options::default()).unwrap();
        assert_eq!(shown(&opened), ["en zh", "A ⇄ 甲"]);
        write_atomically(&path, b"PK\x03\x04\0\0\0").unwrap();
        let problem = open_aligned(&[path], &Options::default()).unwrap_err().to_string();
        assert!(problem.contains("a.tmx: this is binary data"), "{problem}");
    }

    #[test]
    fn rows_that_follow_each_other_are_confirmed_at_once() {
        assert_eq!(runs(&[true, true, true, false, true]), [0..3, 4..5]);
        assert!(runs(&[false]).is_empty());
    }

    #[test]
    fn given_languages_say_which_of_two_texts_of_one_length_is_the_source() {
        let (zh, en) = (("zh.txt", "今天下雨。\n我没去。\n"), ("en.txt", "It rains today.\nI did not go.\n"));
        let langs = [Language::Chinese, Language::English].map(|language| Some(Lang::of(language)));
        let [source_lang, target_lang] = langs;
        let options = Options { source_lang, target_lang, ..Options::default() };
        for order in [[zh, en], [en, zh]] {
            let (_folder, paths) = files(&[order[0], order[1], ("a.links", "[0]:[0]\n[1]:[1]\n")]);
            let opened = open_aligned(&paths, &options).unwrap();
            assert_eq!(shown(&opened)[..2], ["zh en", "今天下雨。 ⇄ It rains today."]);
        }
    }

    #[test]
    fn a_text_may_go_on_behind_the_last_link() {
        let (zh, en) = (("zh.txt", "今天下雨。\n我没去。\n完。\n"), ("en.txt", "It rains today.\n"));
        for order in [[zh, en], [en, zh]] {
            let opened = open(&[order[0], order[1], ("a.links", "[0, 1]:[0]\n")]).unwrap();
            assert_eq!(shown(&opened), ["zh en", "今天下雨。/我没去。 ⇄ It rains today.", "完。 ⇄ "]);
        }
    }

    #[test]
    fn a_text_that_is_called_as_links_are_is_still_a_text() {
        let (zh, en) = (("zh.align", "今天下雨。\n"), ("en.txt", "It rains today.\n"));
        let opened = open(&[zh, en, ("links.txt", "[0]:[0]\n")]).unwrap();
        assert_eq!(shown(&opened), ["zh en", "今天下雨。 ⇄ It rains today."]);
    }

    #[test]
    fn forms_are_told_by_names() {
        assert!(is_aligned_form(&["a.TMX"]) && is_aligned_form(&["a.zh", "a.en", "a.links"]));
        assert!(is_aligned_form(&["a.xml", "b.xml", "c.xml"]));
        assert!(!is_aligned_form(&["a.txt"]) && !is_aligned_form(&["a.tsv", "b.tsv"]));
        assert!(!is_aligned_form(&["a.txt", "b.txt", "c.txt"]));
    }
}
