"""Term bases out of the program, judged by others: TBX 3 by the rules of TBX-Basic, JSON by its schema, TBX 2, UTX and the
tables by the Translate Toolkit, which must read every term as it was.

    terms.py PROGRAM SCHEMAS FOLDER

The grammar of TBX 3 is checked by xmllint outside. Needs lxml, saxonche, jsonschema and translate-toolkit.
"""

import csv
import json
import pathlib
import re
import subprocess
import sys

import jsonschema
from lxml import etree
from saxonche import PySaxonProcessor
from translate.storage import csvl10n, omegat, tbx, utx

program, schemas, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
root = pathlib.Path(__file__).resolve().parent.parent

# What breaks careless writers, a pair each.
HOSTILE = [
    ("主权", "sovereignty"),
    ("<甲>", "<b>bold</b>"),
    ("甲&乙", "R&D &amp; more"),
    ("]]>", "a ]]> b"),
    ("一\u000b二", "vertical\u000btab"),
    ("表\t格", "tab\there"),
    ("两\n行", "two\r\nlines"),
    ("“引号”", "\"quoted\" and 'single'"),
    ("=1+1", "=cmd|' /C calc'!A0"),
    ("+加", "@at"),
    ("\u200f右", "\u202bright\u202c to left"),
    ("逗,号;", "comma, semicolon; \\backslash\\"),
    ("長" * 10_000, "long " * 1999 + "enough"),
    ("😀", "emoji 😀"),
]


def term(ident, text, status="preferred", **more):
    return {"id": ident, "term": text, "status": status, "contexts": [], **more}


def base():
    """A term base of them, with something of everything in the first concept."""
    concepts = []
    for number, (zh, en) in enumerate(HOSTILE):
        context = {"text": f"…{zh}。 & <x>", "document": "a & b.txt", "segment": number}
        languages = [
            {"lang": "zh-CN", "terms": [term(f"{number}-1", zh, contexts=[context])]},
            {"lang": "en-GB", "terms": [term(f"{number}-2", en, "proposed")]},
        ]
        concepts.append({"id": str(number), "languages": languages})
    first = concepts[0]
    first |= {"subject": "法 & law", "definition": "d <1>", "note": "n]]>", "created": "2026-11-01", "modified": "2026-11-22T08:30:00Z"}
    first["languages"][0]["definition"] = "定义"
    first["languages"][1]["terms"][0] |= {"part_of_speech": "noun", "type": "fullForm", "note": "x", "created": "2026-11-02"}
    first["languages"][1]["terms"] += [term("0-3", "supremacy", "admitted", type="variant"), term("0-4", "old word", "deprecated")]
    concepts.append({"id": "no", "languages": [{"lang": "zh-CN", "terms": [term("no-1", "的", "rejected")]}]})
    return {"format": "duizhao-termbase", "version": 1, "title": "t & <t>", "sources": ["a & b.txt"], "notes": ["n"], "concepts": concepts}


def write(source, name, form, *more):
    out = folder / name
    subprocess.run([program, "terms", "--from", source, "--format", form, "-o", out, *more], check=True, stderr=subprocess.DEVNULL)
    return out


def xml_text(text):
    return re.sub("[^\t\n\r -\ufffd\U00010000-\U0010ffff]", "", text).strip()


def line(text):
    """A cell of a form that reads line by line."""
    return re.sub("\r\n|[\t\n\r\x0b\x0c\x85\u2028\u2029]", " ", text).strip()


def terms(data, lang, *without):
    return [
        [t["term"] for l in c["languages"] if l["lang"] == lang for t in l["terms"] if t["status"] not in ("rejected", *without)]
        for c in data["concepts"]
    ]


def pairs(data, clean, *without):
    both = zip(terms(data, "zh-CN", *without), terms(data, "en-GB", *without))
    return {(clean(zh), clean(en)) for zhs, ens in both for zh in zhs for en in ens}


def same(name, found, wanted):
    assert found == wanted, f"{name}: missing {sorted(wanted - found)[:3]}, unwanted {sorted(found - wanted)[:3]}"
    print(f"{name}: {len(found)} pairs or terms read back as they were")


def schematron(path):
    """Every assertion of the rules of TBX-Basic that fails; each rule is asked of every node it may be about."""
    space = {"s": "http://purl.oclc.org/dsdl/schematron"}
    rules = etree.parse(schemas / "TBX-Basic_DCA.sch").findall(".//s:rule", space)
    failed, fired = [], 0
    with PySaxonProcessor(license=False) as processor:
        xpath = processor.new_xpath_processor()
        xpath.declare_namespace("tbx", "urn:iso:std:iso:30042:ed-2")
        xpath.set_context(xdm_item=processor.parse_xml(xml_file_name=str(path)))
        count = lambda what: int(xpath.evaluate_single(f"count({what})").string_value)
        for rule in rules:
            about = "//" + rule.get("context")
            fired += count(about)
            for check in rule.findall("s:assert", space):
                if count(f"{about}[not({check.get('test')})]"):
                    failed.append(f"{rule.get('context')}: {check.text}")
    assert len(rules) > 20 and fired > 20, "the rules were not asked"
    return failed, fired


def check_tbx3(source):
    path = write(source, "hostile.tbx", "tbx")
    failed, fired = schematron(path)
    assert not failed, failed
    print(f"{path.name}: the rules of TBX-Basic hold, asked {fired} times")
    # The check has teeth.
    content = path.read_text("utf-8")
    for good, bad in [("preferredTerm-admn-sts", "preferred"), ('"definition"', '"meaning"'), ("origination", "creation")]:
        assert good in content
        broken = folder / "broken.xml"
        broken.write_text(content.replace(good, bad), "utf-8")
        assert schematron(broken)[0], f"{bad} was not found out"


def check_tbx2(source, data):
    path = write(source, "hostile.2.tbx", "tbx2")
    store = tbx.tbxfile.parsestring(path.read_bytes())
    store.setsourcelanguage("zh-CN")
    store.settargetlanguage("en-GB")
    found = {(zh.text, en.text) for unit in store.units for zh in unit.get_source_terms() for en in unit.get_target_terms()}
    same(path.name, found, pairs(data, xml_text))
    status = {t.text: t.administrative_status for unit in store.units for t in unit.get_target_terms()}
    assert status["old word"] == "deprecatedTerm-admn-sts", status["old word"]


def check_lines(source, data):
    for form, store in [("omegat", omegat.OmegaTFile()), ("utx", utx.UtxFile())]:
        path = write(source, f"hostile.{form}", form)
        store.parse(path.read_bytes())
        same(path.name, {(unit.source, unit.target) for unit in store.units}, pairs(data, line))


def columns(path, separator, fields):
    """The cells of a table as the Translate Toolkit reads them, of the columns called source and target."""
    csv.register_dialect("ours", delimiter=separator, doublequote=True, quoting=csv.QUOTE_MINIMAL)
    store = csvl10n.csvfile(fieldnames=fields, encoding="utf-8")
    store.parse(path.read_bytes(), dialect="ours")
    return [(unit.source, unit.target) for unit in store.units]


def check_tables(source, data):
    # Machine translation takes one target for each source, short ones only, and none that is deprecated.
    short = {pair for pair in pairs(data, line, "deprecated", "admitted") if max(len(text.encode()) for text in pair) <= 1024}
    for form in ["deepl", "google"]:
        path = write(source, f"hostile.{form}.csv", form)
        same(path.name, set(columns(path, ",", ["source", "target"])), short)
    for form, separator, without in [("multiterm", ",", []), ("memoq", ";", ["deprecated"])]:
        path = write(source, f"hostile.{form}.csv", form)
        with path.open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file, delimiter=separator))
        for lang, name in [("zh-CN", "Chinese"), ("en-GB", "English")]:
            found = set()
            for at, title in enumerate(head):
                if title.startswith(name) and not title.endswith(("_Def", " Status", " Context")):
                    fields = [f"column{number}" for number in range(len(head))]
                    fields[at] = "source"
                    cells = [cell for cell, _ in columns(path, separator, fields)[1:] if cell]
                    found |= {text for cell in cells for text in (cell.split("|") if form == "multiterm" else [cell])}
            wanted = {text for texts in terms(data, lang, *without) for text in texts}
            if form == "multiterm":
                wanted = {text for text in wanted if "|" not in text}
            # Tables hold no control characters; that they were dropped is told.
            odd = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"
            same(f"{path.name}, {lang}", found, {re.sub(odd, "", text).strip() for text in wanted})


def main():
    schema = json.loads((root / "assets/schemas/termbase-1.schema.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator(schema)
    checker.check_schema(schema)
    data = base()
    checker.validate(data)
    source = folder / "hostile.json"
    source.write_text(json.dumps(data), "utf-8")
    for path in [write(source, "again.json", "termbase"), folder / "statement.json", root / "tests/golden/terms/sample.termbase-1.json"]:
        written = json.loads(path.read_text("utf-8"))
        checker.validate(written)
        print(f"{path.name}: valid, {len(written['concepts'])} concepts")
    assert json.loads((folder / "again.json").read_text("utf-8"))["concepts"] == data["concepts"]
    assert list(checker.iter_errors({**data, "version": 2})) and list(checker.iter_errors({**data, "concepts": [{}]}))
    check_tbx3(source)
    check_tbx2(source, data)
    check_lines(source, data)
    check_tables(source, data)


main()
