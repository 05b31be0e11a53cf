/** What other monitoring systems told of devices. */
export const SCHEMA_18 = `
CREATE TABLE outside_alert (
  device text NOT NULL,
  check_name text NOT NULL,
  starts_at bigint NOT NULL,
  firing boolean NOT NULL,
  heard_at bigint NOT NULL,
  PRIMARY KEY (device, check_name)
);
CREATE INDEX outside_alert_heard ON outside_alert (heard_at);
`;
