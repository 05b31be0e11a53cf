/** What people write in the review of a major incident. */
export const SCHEMA_15 = `
CREATE TABLE review_notes (
  number INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  who TEXT NOT NULL,
  at INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
`;
