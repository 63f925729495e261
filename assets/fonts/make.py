#!/usr/bin/env python3
"""Make the four Duizhao fonts from Noto Sans CJK and Noto Serif CJK.

    python3 make.py NotoSansCJK-Regular.ttc NotoSerifCJK-Regular.ttc [OUTPUT_FOLDER]

The same input and the same fonttools version give the same bytes.
The character sets are defined below; `extra-hanzi.txt` beside this script
lists the hanzi that no Python codec can enumerate.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent

FEATURES = ["kern", "mark", "mkmk", "ccmp"]
KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
DROPPED_TABLES = ["BASE", "VORG", "vhea", "vmtx"]  # vertical setting, baselines

TIGHT_BEARING = 60  # side bearing of a tightened glyph, in units of 1/1000 em


# --- character sets ---------------------------------------------------------


def span(first, last):
    return set(range(first, last + 1))


def chars(text):
    return {ord(c) for c in text if not c.isspace()}


def decodable(codec, leads, trails):
    """Every character of a two-byte codec within the given byte ranges."""
    found = set()
    for lead in leads:
        for trail in trails:
            try:
                found |= {ord(c) for c in bytes((lead, trail)).decode(codec)}
            except UnicodeDecodeError:
                pass
    return found


LATIN = (
    span(0x0020, 0x007E)
    | span(0x00A0, 0x024F)
    | span(0x1E00, 0x1EFF)
    | span(0x0300, 0x030C)
    | span(0x0370, 0x03FF)  # Greek
    | span(0x2000, 0x2060)  # general punctuation
    | span(0x20A0, 0x20CF)  # currency
    | chars("™№←↑→↓↔↕⇄")
)


def chinese():
    tails = range(0xA1, 0xFF)
    big5_tails = [*range(0x40, 0x7F), *tails]
    return (
        LATIN
        | decodable("gb2312", range(0xA1, 0xF8), tails)  # with its symbols
        # Big5 level 1 (frequently used hanzi): A440 to C67E
        | decodable("big5", range(0xA4, 0xC6), big5_tails)
        | decodable("big5", [0xC6], range(0x40, 0x7F))
        | chars((HERE / "extra-hanzi.txt").read_text("utf-8"))
        | span(0x0400, 0x045F)  # Cyrillic
        | span(0x3000, 0x303F)  # CJK symbols and punctuation
        | span(0x3040, 0x30FF)  # kana
        | span(0x3100, 0x312F)  # bopomofo
        | span(0xFF00, 0xFFEF)  # full-width forms
        | span(0x2460, 0x2473)  # ① to ⑳
        | span(0x2160, 0x216B)  # Ⅰ to Ⅻ
        | span(0x2170, 0x217B)  # ⅰ to ⅻ
        | span(0x2E3A, 0x2E3B)  # two- and three-em dash
        | chars("±×÷≈≠≤≥∞■□▲△▶▷▼▽◀◁◆◇○◎●◐◑★☆✓✗☰⌕⚑⌘⏎⌃…·•")
    )


# --- proportional forms for the Latin fonts -----------------------------------


def single_substitutions(font, tag):
    """The one-to-one substitutions of a GSUB feature."""
    gsub = font["GSUB"].table
    lookups = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == tag
        for index in record.Feature.LookupListIndex
    }
    mapping = {}
    for index in sorted(lookups):
        for table in gsub.LookupList.Lookup[index].SubTable:
            table = getattr(table, "ExtSubTable", table)
            for glyph, replacement in getattr(table, "mapping", {}).items():
                mapping.setdefault(glyph, replacement)
    return mapping


def remap(font, new):
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap.update(new)


def chinese_dash(font):
    """Map the em dash to its full-width glyph, as `locl` does for Chinese.

    `ccmp` then joins two of them into one unbroken line of two em.
    """
    glyph = font.getBestCmap()[0x2014]
    remap(font, {0x2014: single_substitutions(font, "fwid")[glyph]})


def proportional_cmap(font, path):
    """Map Latin characters to proportional glyphs; return those to be tightened.

    The Simplified Chinese face maps punctuation shared with Chinese (quotes,
    ellipsis, bullet ...) to full-width glyphs. In order: the `pwid` feature, the
    narrower glyph the Korean face of the same file has, the hyphen-minus for the
    hyphen. All faces of the file share one glyph set.
    """
    cmap = font.getBestCmap()
    width = {glyph: metric[0] for glyph, metric in font["hmtx"].metrics.items()}
    pwid = single_substitutions(font, "pwid")
    korean = TTFont(path, fontNumber=1).getBestCmap()

    new = {}
    for code in sorted(LATIN & cmap.keys()):
        glyph = cmap[code]
        if 0x2000 <= code <= 0x200B:  # spaces have their width by definition
            continue
        if code == 0x2010:
            new[code] = cmap[0x2D]
        elif glyph in pwid:
            new[code] = pwid[glyph]
        elif width[korean.get(code, glyph)] < width[glyph]:
            new[code] = korean[code]
    new[0x2027] = new.get(0x00B7, cmap[0x00B7])  # hyphenation point as middle dot
    remap(font, new)

    cmap = font.getBestCmap()
    signs = span(0x00A0, 0x00FF) | span(0x2010, 0x2060)
    wide = {
        code
        for code in signs & cmap.keys()
        if width[cmap[code]] >= 1000 and not chr(code).isalpha() and code not in new
    }
    return sorted(wide | {0x00B7})  # in Sans the middle dot is as wide as a digit


def tighten(font, code):
    """Cut the side bearings of a character's glyph to TIGHT_BEARING."""
    glyph = font.getBestCmap()[code]
    glyph_set = font.getGlyphSet()
    bounds = BoundsPen(glyph_set)
    glyph_set[glyph].draw(bounds)
    left, _, right, _ = bounds.bounds
    left, right = int(left), int(right)
    advance = right - left + 2 * TIGHT_BEARING
    if advance >= font["hmtx"].metrics[glyph][0]:
        return

    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    private = strings[glyph].private
    pen = T2CharStringPen(advance - private.nominalWidthX, glyph_set)
    shift = (1, 0, 0, 1, TIGHT_BEARING - left, 0)
    glyph_set[glyph].draw(TransformPen(pen, shift))
    drawn = pen.getCharString(private=private, globalSubrs=strings.globalSubrs)
    strings[glyph] = T2CharString(
        program=drawn.program, private=private, globalSubrs=strings.globalSubrs
    )
    font["hmtx"].metrics[glyph] = (advance, TIGHT_BEARING)


# --- subsetting and naming ----------------------------------------------------


def cut(font, codes):
    options = subset.Options()
    options.layout_features = FEATURES
    options.layout_scripts = ["*"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = KEPT_NAMES
    options.name_languages = [0x409]
    options.drop_tables += DROPPED_TABLES
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(codes))
    subsetter.subset(font)


def rename(font, family):
    """A Modified Version must not carry the reserved name of the original."""
    postscript = family.replace(" ", "") + "-Regular"
    version = f"{font['head'].fontRevision:.3f}"
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in KEPT_NAMES]
    for name_id, value in {
        1: family,
        2: "Regular",
        3: f"{version};{postscript}",
        4: family,
        6: postscript,
    }.items():
        table.setName(value, name_id, 3, 1, 0x409)
    font["OS/2"].achVendID = "NONE"

    cff = font["CFF "].cff
    cff.fontNames[0] = postscript
    top = cff.topDictIndex[0]
    top.FamilyName = family
    top.FullName = family
    for part in top.FDArray:
        if hasattr(part, "FontName"):
            suffix = part.FontName.rsplit("-", 1)[-1]
            part.FontName = f"{postscript}-{suffix}"


def simplified_chinese_face(path):
    for number in range(16):
        font = TTFont(path, fontNumber=number, recalcTimestamp=False)
        if font["name"].getDebugName(1).endswith("CJK SC"):
            return font
    raise SystemExit(f"{path}: no Simplified Chinese face")


def make(path, style, out):
    font = simplified_chinese_face(path)
    chinese_dash(font)
    cut(font, chinese())
    rename(font, f"Duizhao {style} SC")
    font.save(out / f"Duizhao{style}-SC.otf", reorderTables=True)

    font = simplified_chinese_face(path)
    wide = proportional_cmap(font, path)
    cut(font, LATIN)
    for code in wide:
        tighten(font, code)
    rename(font, f"Duizhao {style} Latin")
    font.save(out / f"Duizhao{style}-Latin.otf", reorderTables=True)


def main():
    if len(sys.argv) not in (3, 4):
        raise SystemExit(__doc__)
    out = Path(sys.argv[3]) if len(sys.argv) == 4 else HERE
    make(sys.argv[1], "Sans", out)
    make(sys.argv[2], "Serif", out)
    for path in sorted(out.glob("Duizhao*.otf")):
        glyphs = TTFont(path)["maxp"].numGlyphs
        print(f"{path.name}: {path.stat().st_size} bytes, {glyphs} glyphs")


if __name__ == "__main__":
    main()
