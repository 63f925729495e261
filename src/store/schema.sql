-- The project file, version 3. All positions count from 0; spans are half-open ranges of UTF-8 bytes of the content.

-- The two texts as they were after the first `snapshot` entries of the log, with the language as a BCP 47 tag.
CREATE TABLE document (
    side INTEGER PRIMARY KEY CHECK (side IN (0, 1)), -- 0 source, 1 target
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    note TEXT,
    content TEXT NOT NULL,
    original BLOB -- the bytes it was read from (zlib); null in files of version 1, which did not keep them
) STRICT;

-- Paragraphs, headings and items; they tile the content.
CREATE TABLE block (
    side INTEGER NOT NULL REFERENCES document,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    content_start INTEGER NOT NULL, -- what a reader sees of it
    content_stop INTEGER NOT NULL,
    kind TEXT NOT NULL, -- paragraph, heading-1 to heading-6, item, verbatim
    PRIMARY KEY (side, number)
) STRICT, WITHOUT ROWID;

-- Sentences; they tile the content as well.
CREATE TABLE segment (
    side INTEGER NOT NULL REFERENCES document,
    number INTEGER NOT NULL,
    id INTEGER NOT NULL, -- stays with the segment whatever becomes of its number or text
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (side, number)
) STRICT, WITHOUT ROWID;

-- The rows as they were after the first `snapshot` entries of the log; they tile the segments of both sides.
CREATE TABLE bead (
    number INTEGER PRIMARY KEY,
    source_start INTEGER NOT NULL,
    source_stop INTEGER NOT NULL,
    target_start INTEGER NOT NULL,
    target_stop INTEGER NOT NULL,
    score REAL NOT NULL, -- the aligner's probability; 1 where a person made it
    confirmed INTEGER NOT NULL,
    flagged INTEGER NOT NULL,
    note TEXT NOT NULL,
    bookmarked INTEGER NOT NULL
) STRICT;

-- The term base as it was after the first `snapshot` entries of the log.
CREATE TABLE concept (
    number INTEGER PRIMARY KEY, -- 0, 1, 2 …
    record TEXT NOT NULL -- an entry of `concepts` in assets/schemas/termbase-1.schema.json
) STRICT;

-- What was decided on inconsistencies, as it was after the first `snapshot` entries of the log.
CREATE TABLE verdict (
    key TEXT PRIMARY KEY, -- of the finding
    verdict TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was done, in order and for good. An entry without an action takes back the last one before it that is in force.
CREATE TABLE log (
    id INTEGER PRIMARY KEY, -- 1, 2, 3 …
    action TEXT, -- merge, split, confirm …
    first INTEGER, -- the rows it was asked for, half-open
    last INTEGER,
    -- What changed, as a JSON array of steps, each an object with one of these keys:
    -- "rows": {at, old, new}, rows as arrays [source_start, source_stop, target_start, target_stop, score, confirmed,
    --   flagged, note, bookmarked]
    -- "segments": {side, patches: [[number, old, new], …]}, segments as arrays [id, text, [kind, unseen bytes before] of
    --   the block it opens or null, unseen bytes after in the block it closes or null]
    -- "name": {side, old, new}, each [name, lang]
    -- "concepts": {at, old, new}, as in the table of concepts
    -- "verdict": {key, old, new}, null for none
    steps TEXT
) STRICT;

-- snapshot: how many entries of the log the other tables hold; undone: how many of the last ones are taken back but can
-- be done again; row: the row under the eye.
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO state VALUES ('snapshot', 0), ('undone', 0), ('row', 0);
