/** Who is on call, and how far digests have come. */
export const SCHEMA_17 = `
CREATE TABLE on_call (
  name TEXT PRIMARY KEY,
  calendar TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE digest (
  desk TEXT PRIMARY KEY,
  told_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
