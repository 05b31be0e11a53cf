/** Bad days of a desk: what it may know of, what another desk was told in its place, and for whom that one stands in. */
export const SCHEMA_13 = `
-- tried_at: when it was first asked of the desk; null: never, so that the desk cannot know of it. passed_at: when another desk was
-- told in this one's place. instead_of: the desk this one stands in for.
ALTER TABLE ticket_work ADD COLUMN tried_at bigint, ADD COLUMN passed_at bigint, ADD COLUMN instead_of text;
ALTER TABLE desk_ticket ADD COLUMN instead_of text;
-- Nobody noted it so far.
UPDATE ticket_work SET tried_at = at;

CREATE OR REPLACE FUNCTION settle(incidents text[], the_revision bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE incident SET
    revision = the_revision,
    ticket = coalesce(
      (SELECT d.ticket FROM desk_ticket d WHERE d.incident = key AND d.ticket IS NOT NULL ORDER BY d.id LIMIT 1),
      ticket),
    ticket_state = CASE
      WHEN EXISTS (SELECT FROM ticket_work w WHERE w.incident = key AND w.died_at IS NOT NULL) THEN 'failed'
      WHEN EXISTS (SELECT FROM ticket_work w WHERE w.incident = key) THEN 'waiting'
      WHEN EXISTS (SELECT FROM desk_ticket d WHERE d.incident = key AND d.last_action <> 'resolve') THEN 'open'
      WHEN EXISTS (SELECT FROM desk_ticket d WHERE d.incident = key) THEN 'resolved'
      ELSE 'none'
    END
  WHERE key = ANY (incidents)
$$;

-- The last word of these, that all is over, also goes to the desks that stood in.
CREATE FUNCTION ticket_tell_end(the_incident text, the_desk text, from_id bigint, to_id bigint) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO ticket_work (incident, hash, desk, action, view, locale, at, not_before, instead_of)
    SELECT w.incident, w.hash, s.desk, w.action, w.view, w.locale, w.at, w.at, w.desk
    FROM (SELECT * FROM ticket_work WHERE incident = the_incident AND desk = the_desk
            AND id BETWEEN from_id AND to_id AND action = 'resolve' ORDER BY id DESC LIMIT 1) AS w,
         (SELECT desk FROM desk_ticket WHERE incident = the_incident AND instead_of = the_desk
          UNION SELECT desk FROM ticket_work WHERE incident = the_incident AND instead_of = the_desk) AS s
    WHERE w.passed_at IS NULL
$$;

-- Takes work off the queue untold, where asked with all that waits behind it.
CREATE FUNCTION ticket_remove_untold(the_partition int, work ticket_work, all_behind boolean, the_at bigint, the_reason text)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  last_id bigint := CASE WHEN all_behind THEN 9223372036854775807 ELSE work.id END;
BEGIN
  PERFORM ticket_tell_end(work.incident, work.desk, work.id, last_id);
  DELETE FROM ticket_work WHERE incident = work.incident AND desk = work.desk AND id BETWEEN work.id AND last_id;
  INSERT INTO timeline (incident, at, reason) VALUES (work.incident, the_at, the_reason);
  PERFORM ticket_changed(the_partition, work.incident);
  RETURN coalesce((SELECT ticket_state FROM incident WHERE key = work.incident), 'none');
END $$;

CREATE OR REPLACE FUNCTION ticket_work_done(
  the_partition int, the_epoch bigint, the_writer bigint, the_id bigint, the_ticket text, the_at bigint, the_reason text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  work ticket_work;
  the_action text;
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  SELECT * INTO work FROM ticket_work WHERE id = the_id;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM ticket_tell_end(work.incident, work.desk, the_id, the_id);
  DELETE FROM ticket_work WHERE id = the_id;
  the_action := CASE WHEN work.action = 'reopen'
    AND NOT EXISTS (SELECT FROM desk_ticket WHERE incident = work.incident AND desk = work.desk) THEN 'open' ELSE work.action END;
  INSERT INTO desk_ticket AS d (incident, desk, ticket, last_action, instead_of)
    VALUES (work.incident, work.desk, the_ticket, the_action, work.instead_of)
    ON CONFLICT (incident, desk) DO UPDATE SET
      ticket = coalesce(excluded.ticket, d.ticket),
      last_action = excluded.last_action;
  INSERT INTO timeline (incident, at, reason) VALUES (work.incident, the_at, the_reason);
  PERFORM ticket_changed(the_partition, work.incident);
END $$;

CREATE OR REPLACE FUNCTION ticket_work_failed(
  the_partition int, the_epoch bigint, the_writer bigint, the_id bigint, the_error text, the_time bigint
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  UPDATE ticket_work SET attempts = attempts + 1, tried_at = coalesce(tried_at, not_before), error = the_error, not_before = the_time
    WHERE id = the_id AND died_at IS NULL;
END $$;

CREATE OR REPLACE FUNCTION ticket_work_dead(
  the_partition int, the_epoch bigint, the_writer bigint, the_id bigint, the_error text, the_at bigint, the_reason text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  work ticket_work;
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  UPDATE ticket_work SET attempts = attempts + 1, tried_at = coalesce(tried_at, not_before), error = the_error, died_at = the_at
    WHERE id = the_id AND died_at IS NULL RETURNING * INTO work;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO timeline (incident, at, reason) VALUES (work.incident, the_at, the_reason);
  PERFORM ticket_changed(the_partition, work.incident);
END $$;

CREATE FUNCTION ticket_work_tried(the_partition int, the_epoch bigint, the_writer bigint, the_id bigint, the_at bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  UPDATE ticket_work SET tried_at = the_at WHERE id = the_id AND tried_at IS NULL;
END $$;

-- Returns the state of the incident's ticket; null when the work is not there or has to be told.
CREATE FUNCTION ticket_work_needless(
  the_partition int, the_epoch bigint, the_writer bigint, the_id bigint, the_at bigint, the_reason text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  work ticket_work;
  is_unopened boolean;
  opens boolean;
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  SELECT * INTO work FROM ticket_work WHERE id = the_id AND died_at IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  is_unopened := NOT EXISTS (SELECT FROM desk_ticket WHERE incident = work.incident AND desk = work.desk);
  opens := work.action = 'open' OR (work.action = 'reopen' AND is_unopened);
  IF opens THEN
    IF (SELECT l.action FROM ticket_work l WHERE l.incident = work.incident AND l.desk = work.desk AND l.id > work.id
          AND l.action IN ('reopen', 'resolve') ORDER BY l.id DESC LIMIT 1) IS DISTINCT FROM 'resolve' THEN
      RETURN NULL;
    END IF;
  ELSIF NOT is_unopened THEN
    RETURN NULL;
  END IF;
  RETURN ticket_remove_untold(the_partition, work, opens, the_at, the_reason);
END $$;

-- Returns the store, or chain; null when there was no such dead work.
CREATE FUNCTION ticket_work_discard(the_id bigint, the_at bigint, the_by text, the_why text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  the_partition int;
  work ticket_work;
BEGIN
  SELECT hash % partitions INTO the_partition FROM ticket_work, installation WHERE id = the_id;
  PERFORM FROM partition WHERE number = the_partition FOR UPDATE;
  SELECT * INTO work FROM ticket_work WHERE id = the_id AND died_at IS NOT NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM ticket_remove_untold(
    the_partition, work,
    NOT EXISTS (SELECT FROM desk_ticket WHERE incident = work.incident AND desk = work.desk),
    the_at,
    json_build_object('code', 'ticket.discarded',
      'params', json_build_object('desk', work.desk, 'by', the_by, 'why', the_why))::text);
  RETURN coalesce(work.view::json ->> 'store', work.view::json ->> 'chain');
END $$;

CREATE FUNCTION ticket_work_pass_on(
  the_partition int, the_epoch bigint, the_writer bigint,
  the_desk text, the_other text, the_since bigint, the_limit int, the_at bigint, the_reason text
) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  work ticket_work;
  is_known boolean;
  the_action text;
  the_count int := 0;
  told text[] := '{}';
  one text;
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  FOR work IN
    SELECT w.* FROM ticket_work w
      WHERE w.hash % (SELECT partitions FROM installation) = the_partition
        AND w.desk = the_desk AND w.passed_at IS NULL AND w.instead_of IS NULL
        AND coalesce(w.tried_at, w.not_before) <= the_since
        AND NOT EXISTS (SELECT FROM ticket_work e WHERE e.incident = w.incident AND e.desk = w.desk AND e.id < w.id
          AND e.passed_at IS NULL AND coalesce(e.tried_at, e.not_before) > the_since)
      ORDER BY w.id LIMIT the_limit
  LOOP
    the_count := the_count + 1;
    UPDATE ticket_work SET passed_at = the_at WHERE id = work.id;
    is_known := EXISTS (SELECT FROM desk_ticket WHERE incident = work.incident AND desk = the_other)
      OR EXISTS (SELECT FROM ticket_work WHERE incident = work.incident AND desk = the_other);
    the_action := CASE
      WHEN is_known AND work.action = 'open' THEN 'update'
      WHEN is_known THEN work.action
      WHEN work.action NOT IN ('resolve', 'comment') THEN 'open' END;
    CONTINUE WHEN the_action IS NULL;
    INSERT INTO ticket_work (incident, hash, desk, action, view, locale, at, not_before, instead_of)
      VALUES (work.incident, work.hash, the_other, the_action, work.view, work.locale, work.at, the_at, the_desk);
    told := told || work.incident;
  END LOOP;
  FOR one IN SELECT DISTINCT unnest(told) LOOP
    INSERT INTO timeline (incident, at, reason) VALUES (one, the_at, the_reason);
    PERFORM ticket_changed(the_partition, one);
  END LOOP;
  RETURN json_build_object('passed', the_count, 'waitingSince', (
    SELECT min(coalesce(w.tried_at, w.not_before)) FROM ticket_work w
      WHERE w.hash % (SELECT partitions FROM installation) = the_partition
        AND w.desk = the_desk AND w.passed_at IS NULL AND w.instead_of IS NULL
        AND coalesce(w.tried_at, w.not_before) > the_since));
END $$;
`;
