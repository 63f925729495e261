-- The project file, version 1. All positions count from 0; spans are half-open ranges of UTF-8 bytes of the content.

-- The two texts as decoded, with the language as a BCP 47 tag.
CREATE TABLE document (
    side INTEGER PRIMARY KEY CHECK (side IN (0, 1)), -- 0 source, 1 target
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    note TEXT,
    content TEXT NOT NULL
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
    id INTEGER PRIMARY KEY, -- stays with the segment whatever becomes of its number
    side INTEGER NOT NULL REFERENCES document,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    block INTEGER NOT NULL,
    UNIQUE (side, number)
) STRICT;

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
    note TEXT NOT NULL
) STRICT;

-- What was done, in order and for good. An entry without a name takes back the last one before it that is in force.
CREATE TABLE log (
    id INTEGER PRIMARY KEY, -- 1, 2, 3 …
    name TEXT,
    at INTEGER, -- the first row it replaces
    old TEXT, -- the rows that were there, as JSON: [[source_start, source_stop, target_start, target_stop, score,
    new TEXT  -- confirmed, flagged, note], …], and those in their place
) STRICT;

-- snapshot: how many entries of the log the table of beads holds; undone: how many of the last ones are taken back but
-- can be done again; row: the row under the eye.
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO state VALUES ('snapshot', 0), ('undone', 0), ('row', 0);
