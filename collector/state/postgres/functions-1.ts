/**
 * What must happen whole and in one call. A commit that is one statement cannot be left half-way by a collector that
 * stops in the middle, and holds no lock while anything travels. Released ones are replaced by a later migration only.
 * VG001 is LEASE_LOST; 32 boots of an agent and 1,000 refused messages are remembered.
 */
export const FUNCTIONS_1 = `
-- Locks the partition for the rest of the transaction, if the caller is its writer.
CREATE FUNCTION hold(the_partition int, the_epoch bigint, the_writer bigint) RETURNS partition LANGUAGE plpgsql AS $$
DECLARE
  held partition;
BEGIN
  SELECT * INTO held FROM partition
    WHERE number = the_partition AND epoch = the_epoch AND writer = the_writer FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'partition % has gone to another collector', the_partition USING ERRCODE = 'VG001';
  END IF;
  RETURN held;
END $$;

-- Brings the tickets of these incidents up to date with the work there is for them.
CREATE FUNCTION settle(incidents text[], the_revision bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE incident SET
    revision = the_revision,
    ticket = coalesce(
      (SELECT d.ticket FROM desk_ticket d WHERE d.incident = key AND d.ticket IS NOT NULL ORDER BY d.id LIMIT 1),
      ticket),
    ticket_state = CASE
      WHEN EXISTS (SELECT FROM ticket_work w WHERE w.incident = key AND w.died_at IS NOT NULL) THEN 'failed'
      WHEN EXISTS (SELECT FROM ticket_work w WHERE w.incident = key) THEN 'waiting'
      WHEN EXISTS (SELECT FROM desk_ticket d WHERE d.incident = key AND d.last_action <> 'resolve') THEN 'open'
      ELSE 'resolved'
    END
  WHERE key = ANY (incidents)
$$;

-- One commit. Arguments that are null change nothing. Returns the id of its log row, if it has one; a commit that comes
-- again, because its answer was lost, changes nothing and gets the answer of the first.
CREATE FUNCTION commit_group(
  the_partition int, the_epoch bigint, the_writer bigint, the_number bigint,
  agents text[], agent_boots text[], agent_hashes bigint[], agent_seen text[],
  births json, judgements json, incidents json, entries json, works json,
  refused json, refusals json, handled bigint[], the_frames bytea
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  held partition := hold(the_partition, the_epoch, the_writer);
  is_news boolean := coalesce(judgements, incidents, works) IS NOT NULL;
  the_revision bigint := held.revision + is_news::int;
  the_log bigint;
  new_agents text[];
BEGIN
  IF held.commit_number = the_number THEN
    RETURN held.commit_log;
  ELSIF held.commit_number > the_number THEN
    RAISE EXCEPTION 'commit % of partition % came too late', the_number, the_partition USING ERRCODE = 'VG001';
  END IF;

  IF agents IS NOT NULL THEN
    WITH saved AS (
      INSERT INTO cursor (agent, boot, hash, seen)
        SELECT * FROM unnest(agents, agent_boots, agent_hashes, agent_seen)
        ON CONFLICT (agent, boot) DO UPDATE SET seen = excluded.seen
        RETURNING cursor.agent, cursor.xmax = 0 AS is_new
    ) SELECT array_agg(DISTINCT agent) INTO new_agents FROM saved WHERE is_new;
  END IF;
  IF new_agents IS NOT NULL THEN
    DELETE FROM cursor USING (
      SELECT agent, boot, row_number() OVER (PARTITION BY agent ORDER BY heard DESC) AS place
      FROM cursor WHERE agent = ANY (new_agents)
    ) AS known
    WHERE cursor.agent = known.agent AND cursor.boot = known.boot AND place > 32;
  END IF;
  IF births IS NOT NULL THEN
    INSERT INTO boot (agent, hash, boot, birth)
      SELECT * FROM json_to_recordset(births) AS r (agent text, hash bigint, boot text, birth text)
      ON CONFLICT (agent) DO UPDATE SET boot = excluded.boot, birth = excluded.birth;
  END IF;

  IF judgements IS NOT NULL THEN
    INSERT INTO judgement (store, hash, state, revision)
      SELECT store, hash, state, the_revision
      FROM json_to_recordset(judgements) AS r (store text, hash bigint, state text)
      ON CONFLICT (store) DO UPDATE SET state = excluded.state, revision = excluded.revision;
  END IF;
  IF incidents IS NOT NULL THEN
    INSERT INTO incident AS i
      (number, key, store, hash, open, priority, resolved_at, ticket, ticket_state, view, revision)
      SELECT number, key, store, hash, open, priority, "resolvedAt", ticket, "ticketState", view, the_revision
      FROM json_to_recordset(incidents) AS r (
        number bigint, key text, store text, hash bigint, open boolean, priority int,
        "resolvedAt" bigint, ticket text, "ticketState" text, view text)
      ON CONFLICT (key) DO UPDATE SET
        store = excluded.store,
        hash = excluded.hash,
        open = excluded.open,
        priority = excluded.priority,
        resolved_at = excluded.resolved_at,
        ticket = coalesce(i.ticket, excluded.ticket),
        ticket_state = CASE i.ticket_state WHEN 'none' THEN excluded.ticket_state ELSE i.ticket_state END,
        view = excluded.view,
        revision = excluded.revision;
  END IF;
  IF entries IS NOT NULL THEN
    INSERT INTO timeline (incident, at, reason)
      SELECT * FROM json_to_recordset(entries) AS r (incident text, at bigint, reason text);
  END IF;
  IF works IS NOT NULL THEN
    INSERT INTO ticket_work (incident, hash, desk, action, view, locale, at, not_before)
      SELECT incident, hash, desk, action, view, locale, at, at
      FROM json_to_recordset(works) AS r (
        incident text, hash bigint, desk text, action text, view text, locale text, at bigint);
    PERFORM settle(
      ARRAY(SELECT DISTINCT incident FROM json_to_recordset(works) AS r (incident text)), the_revision);
  END IF;

  IF handled IS NOT NULL THEN
    DELETE FROM handed WHERE partition = the_partition AND id = ANY (handled);
  END IF;
  IF the_frames IS NOT NULL THEN
    the_log := held.log_id + 1;
    INSERT INTO log (partition, id, at, frames)
      VALUES (the_partition, the_log, floor(extract(epoch FROM clock_timestamp()) * 1000), the_frames);
  END IF;
  UPDATE partition SET
    commit_number = the_number,
    commit_log = the_log,
    revision = the_revision,
    log_id = coalesce(the_log, log_id),
    log_rows = log_rows + (the_log IS NOT NULL)::int,
    log_bytes = log_bytes + coalesce(length(the_frames), 0)
  WHERE number = the_partition;

  IF refused IS NOT NULL THEN
    INSERT INTO set_aside (at, source, reason, sample)
      SELECT at, source, reason, decode(sample, 'base64')
      FROM json_to_recordset(refused) AS r (at bigint, source text, reason text, sample text);
    INSERT INTO set_aside_count AS c (reason, partition, count)
      SELECT reason, the_partition, count FROM json_to_recordset(refusals) AS r (reason text, count bigint)
      ON CONFLICT (reason, partition) DO UPDATE SET count = c.count + excluded.count;
    DELETE FROM set_aside WHERE id IN (
      SELECT id FROM set_aside
      WHERE id <= (SELECT id FROM set_aside ORDER BY id DESC OFFSET 1000 LIMIT 1)
      FOR UPDATE SKIP LOCKED);
  END IF;
  IF is_news OR handled IS NOT NULL THEN
    PERFORM pg_notify('vigie', 'changed ' || the_partition);
  END IF;
  RETURN the_log;
END $$;

CREATE FUNCTION trim_log(the_partition int, the_epoch bigint, the_writer bigint, up_to bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  WITH gone AS (
    DELETE FROM log WHERE partition = the_partition AND id <= up_to RETURNING length(frames) AS bytes
  ) UPDATE partition SET
    -- A sink may be ahead of the log, when this database was restored: new rows get greater ids than it has seen.
    log_id = greatest(log_id, up_to),
    log_rows = log_rows - (SELECT count(*) FROM gone),
    log_bytes = log_bytes - (SELECT coalesce(sum(bytes), 0) FROM gone)
  WHERE number = the_partition;
END $$;

-- The tickets of this incident changed: walls are told.
CREATE FUNCTION ticket_changed(the_partition int, the_incident text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_revision bigint;
BEGIN
  UPDATE partition SET revision = revision + 1 WHERE number = the_partition RETURNING revision INTO the_revision;
  PERFORM settle(ARRAY[the_incident], the_revision);
  PERFORM pg_notify('vigie', 'changed ' || the_partition);
END $$;

CREATE FUNCTION ticket_work_done(
  the_partition int, the_epoch bigint, the_writer bigint, the_id bigint, the_ticket text, the_at bigint, the_reason text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  work ticket_work;
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  DELETE FROM ticket_work WHERE id = the_id RETURNING * INTO work;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO desk_ticket AS d (incident, desk, ticket, last_action)
    VALUES (work.incident, work.desk, the_ticket, work.action)
    ON CONFLICT (incident, desk) DO UPDATE SET
      ticket = coalesce(excluded.ticket, d.ticket),
      last_action = excluded.last_action;
  INSERT INTO timeline (incident, at, reason) VALUES (work.incident, the_at, the_reason);
  PERFORM ticket_changed(the_partition, work.incident);
END $$;

CREATE FUNCTION ticket_work_failed(
  the_partition int, the_epoch bigint, the_writer bigint, the_id bigint, the_error text, the_time bigint
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  UPDATE ticket_work SET attempts = attempts + 1, error = the_error, not_before = the_time
    WHERE id = the_id AND died_at IS NULL;
END $$;

CREATE FUNCTION ticket_work_no_later(the_partition int, the_epoch bigint, the_writer bigint, the_latest bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  UPDATE ticket_work SET not_before = the_latest
    WHERE not_before > the_latest AND died_at IS NULL
      AND hash % (SELECT partitions FROM installation) = the_partition;
END $$;

CREATE FUNCTION ticket_work_dead(
  the_partition int, the_epoch bigint, the_writer bigint, the_id bigint, the_error text, the_at bigint, the_reason text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  work ticket_work;
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  UPDATE ticket_work SET attempts = attempts + 1, error = the_error, died_at = the_at
    WHERE id = the_id AND died_at IS NULL RETURNING * INTO work;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO timeline (incident, at, reason) VALUES (work.incident, the_at, the_reason);
  PERFORM ticket_changed(the_partition, work.incident);
END $$;

-- Dead work in its place again, whoever holds the partition. Returns the store; null when there was no such dead work.
CREATE FUNCTION ticket_work_replay(the_id bigint, the_time bigint) RETURNS text LANGUAGE plpgsql AS $$
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
  RETURN work.view::json ->> 'store';
END $$;

-- Divides everything anew. Nobody may hold a partition. Epochs, revisions and log ids go on above all there were, so that
-- nothing an earlier holder remembers fits any more; log rows stay in order, whoever drains them.
CREATE FUNCTION share_out(the_count int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  top record;
  last_id bigint;
BEGIN
  SELECT coalesce(max(epoch), 0) + 1 AS epoch, coalesce(max(revision), 0) AS revision, coalesce(max(log_id), 0) AS log_id
    INTO top FROM partition;
  UPDATE log SET partition = log.partition % the_count, id = placed.id
    FROM (
      SELECT partition, id AS old_id, top.log_id + row_number() OVER (ORDER BY id, partition) AS id FROM log
    ) AS placed
    WHERE log.partition = placed.partition AND log.id = placed.old_id;
  SELECT coalesce(max(id), top.log_id) INTO last_id FROM log;
  DELETE FROM handed;
  DELETE FROM partition;
  INSERT INTO partition (number, epoch, revision, log_id, log_rows, log_bytes)
    SELECT place, top.epoch, top.revision, last_id, count(log.id), coalesce(sum(length(frames)), 0)
    FROM generate_series(0, the_count - 1) AS place LEFT JOIN log ON log.partition = place GROUP BY place;
  UPDATE installation SET partitions = the_count;

  DROP INDEX IF EXISTS cursor_place, boot_place, judgement_place, incident_place, incident_news, ticket_work_place;
  EXECUTE format('CREATE INDEX cursor_place ON cursor ((hash %% %s))', the_count);
  EXECUTE format('CREATE INDEX boot_place ON boot ((hash %% %s))', the_count);
  EXECUTE format('CREATE INDEX judgement_place ON judgement ((hash %% %s), revision)', the_count);
  EXECUTE format('CREATE INDEX incident_place ON incident ((hash %% %s)) WHERE open', the_count);
  EXECUTE format('CREATE INDEX incident_news ON incident ((hash %% %s), revision)', the_count);
  EXECUTE format(
    'CREATE INDEX ticket_work_place ON ticket_work ((hash %% %s), not_before, id) WHERE died_at IS NULL', the_count);
END $$;
`;
