/** What stores say on their own pages. */
export const SCHEMA_16 = `
CREATE TABLE store_link (
  store text PRIMARY KEY,
  generation bigint NOT NULL
);
CREATE TABLE store_word (
  device text COLLATE "C" PRIMARY KEY,
  at bigint NOT NULL,
  reason text NOT NULL,
  note text NOT NULL
);
CREATE TABLE satisfaction (
  incident bigint PRIMARY KEY,
  store text NOT NULL,
  well boolean NOT NULL,
  note text NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX satisfaction_at ON satisfaction (at);
`;
