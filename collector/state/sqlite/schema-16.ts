/** What stores say on their own pages. */
export const SCHEMA_16 = `
CREATE TABLE store_link (
  store TEXT PRIMARY KEY,
  generation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE store_word (
  device TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE satisfaction (
  incident INTEGER PRIMARY KEY,
  store TEXT NOT NULL,
  well INTEGER NOT NULL,
  note TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX satisfaction_at ON satisfaction (at);
`;
