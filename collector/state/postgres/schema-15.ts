/** What people write in the review of a major incident. */
export const SCHEMA_15 = `
CREATE TABLE review_notes (
  number bigint PRIMARY KEY,
  text text NOT NULL,
  who text NOT NULL,
  at bigint NOT NULL,
  revision bigint NOT NULL
);
`;
