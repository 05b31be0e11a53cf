/** Enrolment tokens, certificates and what waits to be admitted. */
export const SCHEMA_3 = `
CREATE TABLE authority (one INTEGER PRIMARY KEY CHECK (one = 1), certificate TEXT NOT NULL) STRICT;

CREATE TABLE enrol_token (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  chain TEXT NOT NULL,
  store TEXT NOT NULL,
  kind TEXT NOT NULL,
  device TEXT,
  replaces INTEGER NOT NULL,
  uses INTEGER NOT NULL,
  used INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  revoked_by TEXT
) STRICT;

CREATE TABLE agent_certificate (
  id INTEGER PRIMARY KEY,
  serial TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL,
  key TEXT NOT NULL,
  pem TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  at INTEGER NOT NULL,
  token TEXT,
  used_at INTEGER,
  revoked_at INTEGER,
  revoked_by TEXT,
  revoked_reason TEXT
) STRICT;
CREATE INDEX agent_certificate_device ON agent_certificate (device, id);
-- Who has none that is good is told from this index alone.
CREATE INDEX agent_certificate_good ON agent_certificate (device, revoked_at, to_at);
CREATE INDEX agent_certificate_end ON agent_certificate (to_at);

CREATE TABLE stranger (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  device TEXT NOT NULL,
  key TEXT NOT NULL,
  reason TEXT NOT NULL,
  kind TEXT,
  token TEXT,
  address TEXT NOT NULL,
  facts TEXT NOT NULL,
  certificate TEXT,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  times INTEGER NOT NULL,
  verdict TEXT,
  decided_at INTEGER,
  decided_by TEXT,
  UNIQUE (device, key)
) STRICT;
CREATE INDEX stranger_last ON stranger (last_at, id);
CREATE INDEX stranger_waiting ON stranger (last_at, id) WHERE verdict IS NULL;
CREATE INDEX stranger_of_token ON stranger (token, last_at, id) WHERE verdict IS NULL;

-- Strangers cause them: only the newest are kept.
CREATE INDEX audit_refused ON audit (id) WHERE action = 'enrolment.refused';
`;
