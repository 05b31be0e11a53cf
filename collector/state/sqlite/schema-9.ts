/** What devices told by themselves. */
export const SCHEMA_9 = `
CREATE TABLE device_event (
  id INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  at INTEGER NOT NULL,
  event TEXT NOT NULL
) STRICT;
CREATE INDEX device_event_newest ON device_event (device, at, id);
CREATE TABLE dismissal (
  store TEXT NOT NULL,
  address TEXT NOT NULL,
  identity TEXT NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (store, address)
) STRICT, WITHOUT ROWID;
`;
