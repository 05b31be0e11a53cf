/** What agents are to run, by version. */
export const SCHEMA_4 = `
CREATE TABLE config_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scope TEXT NOT NULL,
  version INTEGER NOT NULL,
  settings TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  comment TEXT NOT NULL,
  UNIQUE (scope, version)
) STRICT;
CREATE TABLE config_number (
  device TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  published INTEGER NOT NULL DEFAULT 0,
  published_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
`;
