/** Versions of the agent, and how far each has been rolled out. */
export const SCHEMA_6 = `
CREATE TABLE release (
  version TEXT PRIMARY KEY,
  signed TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE TABLE rollout (one INTEGER PRIMARY KEY CHECK (one = 1), definition TEXT NOT NULL) STRICT;
CREATE TABLE rollout_told (device TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;
