/** How stores stood, and what late reports prove of it. */
export const SCHEMA_8 = `
CREATE TABLE standing (
  store TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  lanes TEXT NOT NULL,
  PRIMARY KEY (store, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_age ON standing (at);
CREATE TABLE evidence (
  store TEXT NOT NULL,
  device TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (store, device, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_age ON evidence (until);
CREATE TABLE watched (one INTEGER PRIMARY KEY CHECK (one = 1), until INTEGER NOT NULL) STRICT;
`;
