//! Readers take twice the work for twice the file, whatever is in it: counted, not timed.

use super::rows::{Aligned, RowsForm, Wishes, intertext, links};
use super::terms::{self, Outgoing, TermsForm};
use crate::lang::Lang;
use crate::task::work::is_linear;

const NONE: [Option<&Lang>; 2] = [None, None];

fn check(what: &str, make: impl Fn(usize) -> String, read: impl Fn(&str)) {
    if let Err(problem) = is_linear(1000, |size| read(&make(size))) {
        panic!("{what}: {problem}");
    }
}

fn term_base(content: &str) {
    let read = terms::read(&mut content.as_bytes(), NONE, None).unwrap();
    // Nothing is told more than a few times.
    assert!(read.problems().len() < 30, "{}", read.problems().len());
    for code in ["termbase", "tbx"] {
        let form = TermsForm::of_code(code).unwrap();
        Outgoing::new(&read.base, form, NONE).unwrap().write(&mut std::io::sink()).unwrap();
    }
}

fn aligned(code: &str, content: &str) -> Aligned {
    RowsForm::of_code(code).unwrap().read(&mut content.as_bytes(), &Wishes::default()).unwrap()
}

fn pairs(content: &str) {
    let read = aligned("tsv", content);
    assert!(read.problems().len() < 30);
}

/// A TBX file of concepts, each by its number.
fn tbx(count: usize, concept: impl Fn(usize) -> String) -> String {
    let concepts: String = (0..count).map(concept).collect();
    let last = "<conceptEntry><langSec xml:lang='zh'><termSec><term>网</term></termSec></langSec></conceptEntry>";
    format!("<tbx><text><body>{concepts}{last}</body></text></tbx>")
}

fn section(lang: &str, term: &str) -> String {
    format!("<langSec xml:lang='{lang}'><termSec><term>{term}</term></termSec></langSec>")
}

#[test]
fn term_bases_in_xml() {
    let concept = |id: &str, inner: &str| format!("<conceptEntry id='{id}'>{inner}</conceptEntry>");
    let many = |count: usize, part: &dyn Fn(usize) -> String| (0..count).map(part).collect::<String>();
    check("one id", |n| tbx(n, |at| concept("c1", &section("zh", &format!("词{at}")))), term_base);
    check(
        "ids that look numbered",
        |n| tbx(n, |at| concept(&format!("c.{}", at % 7), &section("zh", "词"))),
        term_base,
    );
    check("one concept", |n| tbx(1, |_| concept("c", &many(n, &|at| section("zh", &at.to_string())))), term_base);
    check("unsupported", |n| tbx(n, |at| concept("c", &section(&format!("qq-{at:07}"), "a"))), term_base);
    check(
        "languages of a concept",
        |n| tbx(1, |_| concept("c", &many(n, &|at| section(&format!("zh-a{at:06}"), "甲")))),
        term_base,
    );
    check(
        "terms of a section",
        |n| {
            let terms = many(n, &|at| format!("<termSec><term>{at}</term></termSec>"));
            tbx(1, |_| concept("c", &format!("<langSec xml:lang='zh'>{terms}</langSec>")))
        },
        term_base,
    );
    check(
        "details of a group",
        |n| {
            let details =
                many(n, &|at| format!("<descrip type='context'>{at}</descrip><admin type='source'>{at}</admin>"));
            let term = format!("<termSec><term>甲</term><descripGrp>{details}</descripGrp></termSec>");
            tbx(1, |_| concept("c", &format!("<langSec xml:lang='zh'>{term}</langSec>")))
        },
        term_base,
    );
    check("kinds of details", |n| tbx(1, |_| concept("c", &many(n, &|at| format!("<x{at}>y</x{at}>")))), term_base);
}

#[test]
fn text_within_text_is_held_once() {
    let nested = |length: usize, depth: usize| {
        let (open, close) = ("<a>".repeat(depth), "</a>".repeat(depth));
        tbx(1, |_| format!("<conceptEntry>{open}{}{close}</conceptEntry>", "甲".repeat(length)))
    };
    let steps = |depth| {
        crate::task::work::steps_of(|| terms::read(&mut nested(100_000, depth).as_bytes(), NONE, None).map(|_| ()))
    };
    let (flat, deep) = (steps(1), steps(58));
    assert!(deep < flat + 1000, "{flat} steps for a text, {deep} where it lies deep");
}

#[test]
fn tables() {
    let row = |cell: &dyn Fn(usize) -> String, n: usize| (0..n).map(cell).collect::<Vec<_>>().join(",");
    check(
        "columns without a name",
        |n| format!("zh,en\n甲,A,{}\n", row(&|at| format!("{at:06}"), n)),
        |content| {
            term_base(content);
            pairs(content);
        },
    );
    check(
        "columns with a name",
        |n| {
            let heads = row(&|at| format!("x{at:06}"), n);
            format!("zh,en,{heads}\n甲,A,{}\n", row(&|at| format!("{at:06}"), n))
        },
        |content| {
            term_base(content);
            pairs(content);
        },
    );
    check(
        "columns of languages",
        |n| format!("{}\n{}\n", row(&|at| format!("zh-a{at:06}"), n), row(&|_| "甲".to_owned(), n)),
        term_base,
    );
    check(
        "sources",
        |n| format!("zh,target,{}\n甲,A,{}\n", row(&|_| "source".to_owned(), n), row(&|_| "x y".to_owned(), n)),
        term_base,
    );
    check(
        "rows of one id",
        |n| (0..n).fold("id,zh,en\n".to_owned(), |all, at| all + &format!("1,词{at:06},w{at:06}\n")),
        term_base,
    );
    check(
        "words for a status",
        |n| (0..n).fold("zh,en,en status\n".to_owned(), |all, at| all + &format!("词{at:06},w{at:06},s{at:06}\n")),
        term_base,
    );
    check(
        "rows of UTX",
        |n| {
            (0..n).fold("#UTX 1.11; zh/en\n#src\ttgt\tconcept ID\tterm status\n".to_owned(), |all, at| {
                all + &format!("词{at:06}\tw{at:06}\t1\ts{at:06}\n")
            })
        },
        term_base,
    );
}

#[test]
fn aligned_texts() {
    let tmx = |n: usize, unit: &dyn Fn(usize) -> String| {
        let units: String = (0..n).map(unit).collect();
        format!(
            "<tmx><body><tu><tuv lang='zh'><seg>甲</seg></tuv><tuv lang='en'><seg>A</seg></tuv></tu>{units}</body></tmx>"
        )
    };
    let read = |content: &str| {
        let read = aligned("tmx", content);
        assert!(read.problems().len() < 40, "{:?}", read.problems());
    };
    check("units", |n| tmx(n, &|at| format!("<tu><tuv lang='zh-a{at}'><seg>甲</seg></tuv></tu>")), read);
    check("languages", |n| tmx(n, &|at| format!("<tu><tuv lang='q{at:06}'><seg>甲</seg></tuv></tu>")), read);
    check(
        "variants",
        |n| {
            tmx(1, &|_| {
                let variants: Vec<String> =
                    (0..n).map(|at| format!("<tuv lang='zh-a{at}'><seg>甲</seg></tuv>")).collect();
                format!("<tu>{}</tu>", variants.concat())
            })
        },
        read,
    );
    check("units within units", |n| tmx(1, &|_| "<tu>".repeat(n) + &"</tu>".repeat(n)), read);
    let link = |at: usize| format!("[{at}, {}]:[{at}]\n", at + 1);
    let chain = |n: usize| (0..n).map(link).collect::<Vec<_>>().concat();
    check("links that overlap", chain, |content| {
        let read = links::read(&mut content.as_bytes()).unwrap();
        assert_eq!(links::arrange(&read, read.len() + 1, read.len()).unwrap().rows.len(), 1);
    });
    let sentences = |n: usize| (0..n).fold("<t>".to_owned(), |all, at| all + &format!("<s id='{at}'>甲</s>")) + "</t>";
    check("sentences", sentences, |content| assert!(intertext::read_text(&mut content.as_bytes()).is_ok()));
}
