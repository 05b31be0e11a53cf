/**
 * The first schema. A migration that was released is never changed: the next one goes on from it.
 * `hash` is `storeHash` of the row's store; the partition of a row is hash % partitions. Keys are compared byte by byte,
 * which is quicker than any language's order.
 */
export const SCHEMA_1 = `
CREATE TABLE installation (
  one int PRIMARY KEY CHECK (one = 1),
  partitions int NOT NULL,
  inventory_revision bigint NOT NULL
);
INSERT INTO installation VALUES (1, 0, 0);

CREATE TABLE collector (id text PRIMARY KEY, url text NOT NULL, until timestamptz NOT NULL);
-- Written at every commit: the pages are left almost empty, so that a new version of a row stays beside the old one.
CREATE TABLE partition (
  number int PRIMARY KEY,
  holder text,
  until timestamptz,
  -- Grows with every holder; what bears an earlier one is refused.
  epoch bigint NOT NULL,
  -- Grows whenever the holder opens the partition: what its earlier self still has under way is refused too.
  writer bigint NOT NULL DEFAULT 0,
  -- The last commit of this writer and the log row it wrote: one that comes again is known by its number.
  commit_number bigint NOT NULL DEFAULT 0,
  commit_log bigint,
  -- Of the last change that walls show.
  revision bigint NOT NULL,
  log_id bigint NOT NULL,
  log_rows bigint NOT NULL,
  log_bytes bigint NOT NULL
) WITH (fillfactor = 10);
CREATE TABLE handed (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  partition int NOT NULL,
  event text NOT NULL
);

CREATE TABLE cursor (
  agent text COLLATE "C" NOT NULL,
  boot text COLLATE "C" NOT NULL,
  hash bigint NOT NULL,
  seen text NOT NULL,
  -- Orders the boots by when they were first heard.
  heard bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (agent, boot)
) WITH (fillfactor = 60);
CREATE TABLE boot (agent text COLLATE "C" PRIMARY KEY, hash bigint NOT NULL, boot text NOT NULL, birth text);

CREATE TABLE log (
  partition int NOT NULL,
  id bigint NOT NULL,
  at bigint NOT NULL,
  frames bytea NOT NULL,
  PRIMARY KEY (partition, id)
);
-- Read once and soon gone: not worth being packed.
ALTER TABLE log ALTER frames SET STORAGE EXTERNAL;

-- Without a state: there is no judgement of this store any more, for those who knew one.
CREATE TABLE judgement (store text COLLATE "C" PRIMARY KEY, hash bigint NOT NULL, state text, revision bigint NOT NULL);

CREATE TABLE incident (
  number bigint PRIMARY KEY,
  key text COLLATE "C" NOT NULL UNIQUE,
  store text COLLATE "C" NOT NULL,
  hash bigint NOT NULL,
  open boolean NOT NULL,
  priority int NOT NULL,
  resolved_at bigint,
  ticket text,
  ticket_state text NOT NULL,
  view text NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX incident_open ON incident (priority, number DESC) WHERE open;
CREATE INDEX incident_newest ON incident (number, resolved_at) WHERE NOT open;
CREATE INDEX incident_store ON incident (store, number);
CREATE TABLE timeline (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  reason text NOT NULL
);
CREATE INDEX timeline_incident ON timeline (incident, id);

CREATE TABLE ticket_work (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident text COLLATE "C" NOT NULL,
  hash bigint NOT NULL,
  desk text NOT NULL,
  action text NOT NULL,
  view text NOT NULL,
  locale text NOT NULL,
  at bigint NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  not_before bigint NOT NULL,
  error text,
  died_at bigint
);
CREATE INDEX ticket_work_order ON ticket_work (incident, desk, id);
-- What each desk made of an incident so far.
CREATE TABLE desk_ticket (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident text COLLATE "C" NOT NULL,
  desk text NOT NULL,
  ticket text,
  last_action text NOT NULL,
  UNIQUE (incident, desk)
);

-- Stores and devices are read and replaced with their chain, so they stay in one piece.
CREATE TABLE chain (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  definition text NOT NULL
);

CREATE TABLE token (hash text PRIMARY KEY, name text NOT NULL, role text NOT NULL, at bigint NOT NULL);
CREATE TABLE secret (name text PRIMARY KEY, value bytea NOT NULL);
CREATE TABLE audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  who text NOT NULL,
  action text NOT NULL,
  detail text NOT NULL
);

CREATE TABLE set_aside (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  source text NOT NULL,
  reason text NOT NULL,
  sample bytea NOT NULL
);
-- Counted per partition: commits of different partitions do not wait for each other.
CREATE TABLE set_aside_count (
  reason text NOT NULL,
  partition int NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (reason, partition)
);
`;
