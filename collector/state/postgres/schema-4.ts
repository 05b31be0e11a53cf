/** What agents were told to do, and what became of it. */
export const SCHEMA_4 = `
-- Without \`asked\`: a reply to what this server never sent.
CREATE TABLE command (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  asked text,
  fault text,
  reply text,
  replied_at bigint,
  refused_again_at bigint,
  UNIQUE (device, id)
);
CREATE INDEX command_device ON command (device, number);
CREATE INDEX command_unasked ON command (at) WHERE asked IS NULL;
`;
