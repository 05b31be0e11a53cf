/** What was last known of a ticket at its desk. Only who holds the incident’s partition writes it. */
export const SCHEMA_14 = `
CREATE TABLE desk_shadow (
  incident text COLLATE "C" NOT NULL,
  hash bigint NOT NULL,
  desk text NOT NULL,
  shadow text NOT NULL,
  PRIMARY KEY (incident, desk)
);

CREATE FUNCTION desk_shadow_save(
  the_partition int, the_epoch bigint, the_writer bigint, the_incident text, the_desk text, the_shadow text
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hold(the_partition, the_epoch, the_writer);
  IF the_shadow IS NULL THEN
    DELETE FROM desk_shadow WHERE incident = the_incident AND desk = the_desk;
    RETURN;
  END IF;
  INSERT INTO desk_shadow (incident, hash, desk, shadow)
    SELECT key, hash, the_desk, the_shadow FROM incident WHERE key = the_incident
    ON CONFLICT (incident, desk) DO UPDATE SET shadow = excluded.shadow;
END $$;
`;
