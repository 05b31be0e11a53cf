/** Versions of the agent, and how far each has been rolled out. */
export const SCHEMA_5 = `
CREATE TABLE release (version text PRIMARY KEY, signed text NOT NULL, at bigint NOT NULL, by text NOT NULL);
CREATE TABLE rollout (one integer PRIMARY KEY CHECK (one = 1), definition text NOT NULL);
CREATE TABLE rollout_told (device text PRIMARY KEY, at bigint NOT NULL);
`;
