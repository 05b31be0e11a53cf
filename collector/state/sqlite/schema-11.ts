/** Every revision of the rules; one without a text gives them back to the server's file. */
export const SCHEMA_11 = `
CREATE TABLE rule_revision (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  text TEXT,
  hash TEXT,
  back_to INTEGER
) STRICT;
`;
