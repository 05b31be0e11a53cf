/** What devices told by themselves, written with the commit that brings it, and what people want no proposal of. */
export const SCHEMA_8 = `
CREATE TABLE device_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  event text NOT NULL
);
CREATE INDEX device_event_newest ON device_event (device, at, id);
CREATE TABLE dismissal (
  store text COLLATE "C" NOT NULL,
  address text COLLATE "C" NOT NULL,
  identity text NOT NULL,
  who text NOT NULL,
  why text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (store, address)
);

-- A commit that also brings events. A commit that comes again brings them no second time; of each device, so many are kept.
CREATE FUNCTION commit_with_events(
  the_partition int, the_epoch bigint, the_writer bigint, the_number bigint,
  agents text[], agent_boots text[], agent_hashes bigint[], agent_seen text[],
  births json, judgements json, incidents json, entries json, works json,
  refused json, refusals json, handled bigint[], the_frames bytea,
  standings json, proofs json, watched_until bigint, events json, events_kept int
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  held partition := hold(the_partition, the_epoch, the_writer);
  the_log bigint := commit_with_history(
    the_partition, the_epoch, the_writer, the_number, agents, agent_boots, agent_hashes, agent_seen,
    births, judgements, incidents, entries, works, refused, refusals, handled, the_frames,
    standings, proofs, watched_until);
BEGIN
  IF held.commit_number = the_number THEN
    RETURN the_log;
  END IF;
  INSERT INTO device_event (device, at, event)
    SELECT * FROM json_to_recordset(events) AS r (device text, at bigint, event text);
  DELETE FROM device_event AS old USING (
    SELECT id, row_number() OVER (PARTITION BY device ORDER BY at DESC, id DESC) AS place
    FROM device_event
    WHERE device IN (SELECT r.device FROM json_to_recordset(events) AS r (device text))
  ) AS known
  WHERE old.id = known.id AND place > events_kept;
  RETURN the_log;
END $$;
`;
