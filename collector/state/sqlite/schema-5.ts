/** What agents were told to do, and what became of it. */
export const SCHEMA_5 = '';
