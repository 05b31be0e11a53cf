/** Who is on call, and how far digests have come. */
export const SCHEMA_17 = `
CREATE TABLE on_call (
  name text COLLATE "C" PRIMARY KEY,
  calendar text NOT NULL,
  time_zone text NOT NULL,
  at bigint NOT NULL,
  by text NOT NULL
);
CREATE TABLE digest (
  desk text PRIMARY KEY,
  told_until bigint NOT NULL
);
`;
