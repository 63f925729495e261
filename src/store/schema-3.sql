-- The tables of version 3, to know a file of that version by.
CREATE TABLE document (
    side INTEGER PRIMARY KEY CHECK (side IN (0, 1)),
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    note TEXT,
    content TEXT NOT NULL,
    original BLOB
) STRICT;
CREATE TABLE block (
    side INTEGER NOT NULL REFERENCES document,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    content_start INTEGER NOT NULL,
    content_stop INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (side, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE segment (
    side INTEGER NOT NULL REFERENCES document,
    number INTEGER NOT NULL,
    id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (side, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE bead (
    number INTEGER PRIMARY KEY,
    source_start INTEGER NOT NULL,
    source_stop INTEGER NOT NULL,
    target_start INTEGER NOT NULL,
    target_stop INTEGER NOT NULL,
    score REAL NOT NULL,
    confirmed INTEGER NOT NULL,
    flagged INTEGER NOT NULL,
    note TEXT NOT NULL,
    bookmarked INTEGER NOT NULL
) STRICT;
CREATE TABLE concept (
    number INTEGER PRIMARY KEY,
    record TEXT NOT NULL
) STRICT;
CREATE TABLE verdict (
    key TEXT PRIMARY KEY,
    verdict TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    action TEXT,
    first INTEGER,
    last INTEGER,
    steps TEXT
) STRICT;
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
