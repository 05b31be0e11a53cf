/** Bad days of a desk: what it may know of, what another desk was told in its place, and for whom that one stands in. */
export const SCHEMA_13 = `
-- When it was first asked of the desk; null: never, so that the desk cannot know of it.
ALTER TABLE ticket_work ADD COLUMN tried_at INTEGER;
-- When another desk was told in this one's place.
ALTER TABLE ticket_work ADD COLUMN passed_at INTEGER;
-- The desk this one stands in for.
ALTER TABLE ticket_work ADD COLUMN instead_of TEXT;
ALTER TABLE desk_ticket ADD COLUMN instead_of TEXT;
-- Nobody noted it so far.
UPDATE ticket_work SET tried_at = at;
`;
