/** What devices are made of, and how that changed. */
export const SCHEMA_6 = `
CREATE TABLE facts (
  device text COLLATE "C" PRIMARY KEY,
  boot text NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  facts text NOT NULL,
  unread text NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX facts_by_revision ON facts (revision);
-- Whoever saves holds its row until the end: revisions become visible in their order.
CREATE TABLE facts_revision (one int PRIMARY KEY CHECK (one = 1), revision bigint NOT NULL) WITH (fillfactor = 10);
INSERT INTO facts_revision VALUES (1, 0);
CREATE TABLE fact_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  path text COLLATE "C" NOT NULL,
  was text,
  now text
);
CREATE INDEX fact_change_device ON fact_change (device, at, id);
CREATE INDEX fact_change_at ON fact_change (at, id);
`;
