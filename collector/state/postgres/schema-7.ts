/** How stores stood, and what late reports prove of it: written with the commit that tells it. */
export const SCHEMA_7 = `
CREATE TABLE standing (
  store text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  state text NOT NULL,
  reason text NOT NULL,
  lanes text NOT NULL,
  PRIMARY KEY (store, at)
);
CREATE INDEX standing_age ON standing (at);
CREATE TABLE evidence (
  store text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  since bigint NOT NULL,
  until bigint NOT NULL,
  PRIMARY KEY (store, device, since)
);
CREATE INDEX evidence_age ON evidence (until);
CREATE TABLE watched (
  partition int PRIMARY KEY REFERENCES partition (number) ON DELETE CASCADE,
  until bigint NOT NULL
);

-- A commit that also tells history. History written again, for a commit that comes again, is there once.
CREATE FUNCTION commit_with_history(
  the_partition int, the_epoch bigint, the_writer bigint, the_number bigint,
  agents text[], agent_boots text[], agent_hashes bigint[], agent_seen text[],
  births json, judgements json, incidents json, entries json, works json,
  refused json, refusals json, handled bigint[], the_frames bytea,
  standings json, proofs json, watched_until bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  the_log bigint := commit_group(
    the_partition, the_epoch, the_writer, the_number, agents, agent_boots, agent_hashes, agent_seen,
    births, judgements, incidents, entries, works, refused, refusals, handled, the_frames);
BEGIN
  IF standings IS NOT NULL THEN
    INSERT INTO standing (store, at, state, reason, lanes)
      SELECT * FROM json_to_recordset(standings) AS r (store text, at bigint, state text, reason text, lanes text)
      ON CONFLICT (store, at) DO UPDATE SET state = excluded.state, reason = excluded.reason, lanes = excluded.lanes;
  END IF;
  IF proofs IS NOT NULL THEN
    INSERT INTO evidence AS e (store, device, since, until)
      SELECT * FROM json_to_recordset(proofs) AS r (store text, device text, since bigint, until bigint)
      ON CONFLICT (store, device, since) DO UPDATE SET until = greatest(e.until, excluded.until);
  END IF;
  IF watched_until IS NOT NULL THEN
    INSERT INTO watched (partition, until) VALUES (the_partition, watched_until)
      ON CONFLICT (partition) DO UPDATE SET until = excluded.until;
  END IF;
  RETURN the_log;
END $$;
`;
