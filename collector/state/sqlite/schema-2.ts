/** What several collectors would have to agree on, so that one of them finds it here too. */
export const SCHEMA_2 = `
CREATE TABLE inventory_revision (one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL) STRICT;
INSERT INTO inventory_revision VALUES (1, 0);
CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
`;
