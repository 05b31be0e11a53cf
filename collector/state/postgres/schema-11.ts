/** What stores were judged by beside their readings, written with the commit that judges it. */
export const SCHEMA_11 = `
CREATE TABLE judged (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  store text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  what text NOT NULL
);
CREATE INDEX judged_of_store ON judged (store, at);
CREATE INDEX judged_age ON judged (at);

-- A commit that also brings what was judged. One that comes again brings it no second time.
CREATE FUNCTION commit_with_judged(
  the_partition int, the_epoch bigint, the_writer bigint, the_number bigint,
  agents text[], agent_boots text[], agent_hashes bigint[], agent_seen text[],
  births json, judgements json, incidents json, entries json, works json,
  refused json, refusals json, handled bigint[], the_frames bytea,
  standings json, proofs json, watched_until bigint, events json, events_kept int, evidence json
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  held partition := hold(the_partition, the_epoch, the_writer);
  the_log bigint := commit_with_events(
    the_partition, the_epoch, the_writer, the_number, agents, agent_boots, agent_hashes, agent_seen,
    births, judgements, incidents, entries, works, refused, refusals, handled, the_frames,
    standings, proofs, watched_until, events, events_kept);
BEGIN
  IF held.commit_number = the_number THEN
    RETURN the_log;
  END IF;
  INSERT INTO judged (store, subject, at, what)
    SELECT * FROM json_to_recordset(evidence) AS r (store text, subject text, at bigint, what text);
  RETURN the_log;
END $$;
`;
