/** What other monitoring systems told of devices. */
export const SCHEMA_18 = `
CREATE TABLE outside_alert (
  device TEXT NOT NULL,
  check_name TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  firing INTEGER NOT NULL,
  heard_at INTEGER NOT NULL,
  PRIMARY KEY (device, check_name)
) STRICT, WITHOUT ROWID;
CREATE INDEX outside_alert_heard ON outside_alert (heard_at);
`;
