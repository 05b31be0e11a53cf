/** What agents were told to do, and what became of it. */
export const SCHEMA_5 = `
-- Without \`asked\`: a reply to what this server never sent.
CREATE TABLE command (
  number INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  asked TEXT,
  fault TEXT,
  reply TEXT,
  replied_at INTEGER,
  refused_again_at INTEGER,
  UNIQUE (device, id)
) STRICT;
CREATE INDEX command_device ON command (device, number);
CREATE INDEX command_unasked ON command (at) WHERE asked IS NULL;
`;
