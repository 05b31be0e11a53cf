/** What devices are made of, and how that changed. */
export const SCHEMA_7 = `
ALTER TABLE device ADD COLUMN asset TEXT;
CREATE TABLE facts (
  device TEXT PRIMARY KEY,
  boot TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  facts TEXT NOT NULL,
  unread TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
CREATE INDEX facts_by_revision ON facts (revision);
CREATE TABLE facts_revision (one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL) STRICT;
INSERT INTO facts_revision VALUES (1, 0);
CREATE TABLE fact_change (
  id INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  at INTEGER NOT NULL,
  path TEXT NOT NULL,
  was TEXT,
  now TEXT
) STRICT;
CREATE INDEX fact_change_device ON fact_change (device, at, id);
CREATE INDEX fact_change_at ON fact_change (at, id);
`;
