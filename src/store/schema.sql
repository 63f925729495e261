-- The project file, version 4. All positions count from 0; spans are half-open ranges of UTF-8 bytes of the content. Ids
-- are UUIDs in lower case: of version 7 for what a person made, of version 8 for what was read or computed (see
-- src/origin.rs for what they come from).

-- The texts as they were after the first `snapshot` entries of the log, with the language as a BCP 47 tag.
CREATE TABLE document (
    number INTEGER PRIMARY KEY, -- 1, 2, 3 …
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    note TEXT,
    content TEXT NOT NULL,
    original BLOB -- the bytes it was read from (zlib); null in files of version 1, which did not keep them
) STRICT;

-- Paragraphs, headings and items; they tile the content.
CREATE TABLE block (
    document INTEGER NOT NULL REFERENCES document,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    content_start INTEGER NOT NULL, -- what a reader sees of it
    content_stop INTEGER NOT NULL,
    kind TEXT NOT NULL, -- paragraph, heading-1 to heading-6, item, verbatim
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- Sentences; they tile the content as well.
CREATE TABLE segment (
    document INTEGER NOT NULL REFERENCES document,
    number INTEGER NOT NULL,
    id INTEGER NOT NULL, -- within the document; stays with the segment whatever becomes of its number or text
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- Two documents side by side.
CREATE TABLE alignment (
    number INTEGER PRIMARY KEY, -- 1, 2, 3 …
    id TEXT NOT NULL UNIQUE, -- comes from the ids of both documents
    source INTEGER NOT NULL REFERENCES document,
    target INTEGER NOT NULL REFERENCES document
) STRICT;

-- The rows as they were after the first `snapshot` entries of the log; those of an alignment tile the segments of both of
-- its documents.
CREATE TABLE bead (
    alignment INTEGER NOT NULL REFERENCES alignment,
    number INTEGER NOT NULL,
    source_start INTEGER NOT NULL,
    source_stop INTEGER NOT NULL,
    target_start INTEGER NOT NULL,
    target_stop INTEGER NOT NULL,
    score REAL NOT NULL, -- the aligner's probability; 1 where a person made it
    confirmed INTEGER NOT NULL,
    flagged INTEGER NOT NULL,
    bookmarked INTEGER NOT NULL,
    notes TEXT NOT NULL, -- a JSON array of [id, text]; empty for none
    PRIMARY KEY (alignment, number)
) STRICT, WITHOUT ROWID;

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
    alignment TEXT, -- the id of the one it was asked for; null where it is about terms, or takes back
    first INTEGER, -- the rows it was asked for, half-open
    last INTEGER,
    -- What changed, as a JSON array of steps, each an object with one of these keys:
    -- "rows": {alignment, at, old, new}, the alignment by its id, rows as arrays [source_start, source_stop, target_start,
    --   target_stop, score, confirmed, flagged, bookmarked, notes], notes as arrays [id, text]
    -- "segments": {document, patches: [[number, old, new], …]}, the document by its id, segments as arrays [id, text,
    --   [kind, unseen bytes before] of the block it opens or null, unseen bytes after in the block it closes or null]
    -- "name": {document, old, new}, each [name, lang]
    -- "concepts": {at, old, new}, as in the table of concepts
    -- "verdict": {key, old, new}, null for none
    steps TEXT,
    author TEXT, -- who did it, or took it back for good; null in what was done before version 4
    at INTEGER -- when, in milliseconds since the beginning of 1970 in UTC; null as above
) STRICT;

-- snapshot: how many entries of the log the other tables hold; undone: how many of the last ones are taken back but can
-- be done again; alignment, row: the number of the alignment that was open last, and its row under the eye.
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO state VALUES ('snapshot', 0), ('undone', 0), ('alignment', 1), ('row', 0);
