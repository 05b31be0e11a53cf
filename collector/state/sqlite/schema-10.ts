/** Every change of every maintenance window; one without a definition takes it away. And the holiday lists of chains. */
export const SCHEMA_10 = `
CREATE TABLE maintenance_change (
  revision INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  definition TEXT,
  who TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX maintenance_change_newest ON maintenance_change (id, revision);
ALTER TABLE chain ADD COLUMN holidays TEXT;
ALTER TABLE chain ADD COLUMN observes TEXT;
`;
