/** Every revision of the rules; one without a text gives them back to the server's file. */
export const SCHEMA_10 = `
CREATE TABLE rule_revision (
  id bigint PRIMARY KEY,
  at bigint NOT NULL,
  who text NOT NULL,
  why text NOT NULL,
  text text,
  hash text,
  back_to bigint
);
`;
