/** Every change of every maintenance window; one without a definition takes it away. */
export const SCHEMA_9 = `
CREATE TABLE maintenance_change (
  revision bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text COLLATE "C" NOT NULL,
  definition text,
  who text NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX maintenance_change_newest ON maintenance_change (id, revision);
`;
