#!/usr/bin/env python3
"""Convert the CC-CEDICT release file to the compact form the program reads.

    python3 make.py cedict_1_0_ts_utf-8_mdbg.txt[.gz] [cedict.tsv.gz]

One entry a line: simplified, traditional (empty if equal), pinyin, glosses
joined by "/"; separated by tabs; sorted by bytes. The same input gives the
same bytes (with the same zlib).
"""

import gzip
import io
import re
import sys
from pathlib import Path

ENTRY = re.compile(r"(\S+) (\S+) \[([^\]\t]*)\] /([^\t]*)/")


def read(path):
    data = Path(path).read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    return data.decode("utf-8-sig").splitlines()


def convert(lines):
    """Return the entries, sorted, and the fields of the header."""
    rows, header = [], {}
    for number, line in enumerate(lines, 1):
        if line.startswith("#! "):
            key, _, value = line[3:].partition("=")
            header[key] = value
        elif line and not line.startswith("#"):
            match = ENTRY.fullmatch(line)
            if not match:
                raise SystemExit(f"line {number} is not an entry: {line}")
            traditional, simplified, pinyin, glosses = match.groups()
            rows.append((simplified, traditional, pinyin, glosses))
    rows.sort(key=lambda row: [field.encode() for field in row])
    return rows, header


def main():
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    here = Path(__file__).resolve().parent
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else here / "cedict.tsv.gz"

    rows, header = convert(read(sys.argv[1]))
    if str(len(rows)) != header.get("entries"):
        print(f"warning: the header states {header.get('entries')} entries")
    text = "".join(
        f"{simplified}\t{'' if traditional == simplified else traditional}"
        f"\t{pinyin}\t{glosses}\n"
        for simplified, traditional, pinyin, glosses in rows
    )
    packed = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, packed, mtime=0) as stream:
        stream.write(text.encode())
    out.write_bytes(packed.getvalue())
    print(f"{len(rows)} entries of {header.get('date')}; {len(packed.getvalue())} bytes")


if __name__ == "__main__":
    main()
