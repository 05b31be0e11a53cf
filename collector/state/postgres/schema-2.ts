/** Enrolment tokens, certificates and what waits to be admitted. */
export const SCHEMA_2 = `
CREATE TABLE authority (one int PRIMARY KEY CHECK (one = 1), certificate text NOT NULL);

CREATE TABLE enrol_token (
  id text PRIMARY KEY,
  hash text NOT NULL UNIQUE,
  chain text NOT NULL,
  store text NOT NULL,
  kind text NOT NULL,
  device text,
  replaces boolean NOT NULL,
  uses int NOT NULL,
  used int NOT NULL,
  at bigint NOT NULL,
  by text NOT NULL,
  expires_at bigint NOT NULL,
  revoked_at bigint,
  revoked_by text
);

CREATE TABLE agent_certificate (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  serial text NOT NULL UNIQUE,
  device text NOT NULL,
  key text NOT NULL,
  pem text NOT NULL,
  from_at bigint NOT NULL,
  to_at bigint NOT NULL,
  at bigint NOT NULL,
  token text,
  used_at bigint,
  revoked_at bigint,
  revoked_by text,
  revoked_reason text
);
CREATE INDEX agent_certificate_device ON agent_certificate (device, id);
-- Who has none that is good, and what is revoked in a store, are told from this index alone.
CREATE INDEX agent_certificate_good ON agent_certificate (device COLLATE "C", revoked_at, to_at);
CREATE INDEX agent_certificate_end ON agent_certificate (to_at);

CREATE TABLE stranger (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device text NOT NULL,
  key text NOT NULL,
  reason text NOT NULL,
  kind text,
  token text,
  address text NOT NULL,
  facts text NOT NULL,
  certificate text,
  first_at bigint NOT NULL,
  last_at bigint NOT NULL,
  times bigint NOT NULL,
  verdict text,
  decided_at bigint,
  decided_by text,
  UNIQUE (device, key)
);
CREATE INDEX stranger_last ON stranger (last_at, id);
CREATE INDEX stranger_waiting ON stranger (last_at, id) WHERE verdict IS NULL;
CREATE INDEX stranger_of_token ON stranger (token, last_at, id) WHERE verdict IS NULL;

-- Strangers cause them: only the newest are kept.
CREATE INDEX audit_refused ON audit (id) WHERE action = 'enrolment.refused';
`;
