/** What stores were judged by beside their readings. */
export const SCHEMA_12 = `
CREATE TABLE judged (
  id INTEGER PRIMARY KEY,
  store TEXT NOT NULL,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL,
  what TEXT NOT NULL
) STRICT;
CREATE INDEX judged_of_store ON judged (store, at);
CREATE INDEX judged_age ON judged (at);
`;
