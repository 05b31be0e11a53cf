/** The first schema. A migration that was released is never changed: the next one goes on from it. */
export const SCHEMA_1 = `
-- What has been seen of each run of an agent. Written at every commit: short rows, updated by number.
CREATE TABLE agent (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE cursor (
  id INTEGER PRIMARY KEY,
  agent INTEGER NOT NULL REFERENCES agent (id),
  boot TEXT NOT NULL,
  seen TEXT NOT NULL,
  UNIQUE (agent, boot)
) STRICT;
CREATE TABLE boot (agent INTEGER PRIMARY KEY REFERENCES agent (id), boot TEXT NOT NULL, birth TEXT) STRICT;

-- AUTOINCREMENT: an id never comes twice, even after the whole log was trimmed; sinks remember the last one they took.
CREATE TABLE log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  frames BLOB NOT NULL
) STRICT;
CREATE INDEX log_size ON log (at, bytes);
CREATE TABLE log_trim (one INTEGER PRIMARY KEY CHECK (one = 1), trimmed_to INTEGER NOT NULL) STRICT;
INSERT INTO log_trim VALUES (1, 0);
INSERT INTO sqlite_sequence (name, seq) VALUES ('log', 0);

CREATE TABLE judgement (store TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT;

CREATE TABLE incident (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  store TEXT NOT NULL,
  open INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  resolved_at INTEGER,
  ticket TEXT,
  ticket_state TEXT NOT NULL,
  view TEXT NOT NULL
) STRICT;
CREATE INDEX incident_list ON incident (open, priority, number DESC);
-- resolved_at stands in both, so that "resolved since" passes over the old ones without reading them.
CREATE INDEX incident_newest ON incident (open, number, resolved_at);
CREATE INDEX incident_store ON incident (store, open, number, resolved_at);
CREATE TABLE timeline (id INTEGER PRIMARY KEY, incident TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE INDEX timeline_incident ON timeline (incident, id);

CREATE TABLE ticket_work (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  incident TEXT NOT NULL,
  desk TEXT NOT NULL,
  action TEXT NOT NULL,
  view TEXT NOT NULL,
  locale TEXT NOT NULL,
  at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL,
  error TEXT,
  died_at INTEGER
) STRICT;
CREATE INDEX ticket_work_order ON ticket_work (incident, desk, id);
CREATE INDEX ticket_work_due ON ticket_work (not_before, id) WHERE died_at IS NULL;
-- What each desk made of an incident so far.
CREATE TABLE desk_ticket (
  id INTEGER PRIMARY KEY,
  incident TEXT NOT NULL,
  desk TEXT NOT NULL,
  ticket TEXT,
  last_action TEXT NOT NULL,
  UNIQUE (incident, desk)
) STRICT;

-- Ids keep the order of the file that was imported: it is the order lanes stand in.
CREATE TABLE chain (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  locale TEXT,
  simulated INTEGER
) STRICT;
CREATE TABLE store (
  id INTEGER PRIMARY KEY,
  chain INTEGER NOT NULL REFERENCES chain (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  region TEXT,
  time_zone TEXT NOT NULL,
  hours TEXT,
  attributes TEXT,
  UNIQUE (chain, name)
) STRICT;
CREATE TABLE device (
  id INTEGER PRIMARY KEY,
  store INTEGER NOT NULL REFERENCES store (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  title TEXT,
  kind TEXT NOT NULL,
  lane INTEGER,
  gateway TEXT,
  attributes TEXT,
  UNIQUE (store, name)
) STRICT;

CREATE TABLE token (hash TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE TABLE set_aside (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  sample BLOB NOT NULL
) STRICT;
CREATE TABLE set_aside_count (reason TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;
`;
