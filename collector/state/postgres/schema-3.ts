/** What agents are to run, by version. */
export const SCHEMA_3 = `
CREATE TABLE config_version (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  settings text NOT NULL,
  at bigint NOT NULL,
  by text NOT NULL,
  comment text NOT NULL,
  UNIQUE (scope, version)
);
CREATE TABLE config_number (
  device text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  hash text NOT NULL,
  at bigint NOT NULL,
  published bigint NOT NULL DEFAULT 0,
  published_at bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);
`;
