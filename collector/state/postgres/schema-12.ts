/** Ticket work may be about a major incident, which has a chain where others have a store. */
export const SCHEMA_12 = `
CREATE OR REPLACE FUNCTION ticket_work_replay(the_id bigint, the_time bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  the_partition int;
  work ticket_work;
BEGIN
  SELECT hash % partitions INTO the_partition FROM ticket_work, installation WHERE id = the_id;
  PERFORM FROM partition WHERE number = the_partition FOR UPDATE;
  UPDATE ticket_work SET attempts = 0, died_at = NULL, not_before = the_time
    WHERE id = the_id AND died_at IS NOT NULL RETURNING * INTO work;
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM ticket_changed(the_partition, work.incident);
  RETURN coalesce(work.view::json ->> 'store', work.view::json ->> 'chain');
END $$;
`;
