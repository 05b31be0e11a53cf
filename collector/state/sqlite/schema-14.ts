/** What was last known of a ticket at its desk. */
export const SCHEMA_14 = `
CREATE TABLE desk_shadow (
  incident TEXT NOT NULL,
  desk TEXT NOT NULL,
  shadow TEXT NOT NULL,
  PRIMARY KEY (incident, desk)
) STRICT, WITHOUT ROWID;
`;
