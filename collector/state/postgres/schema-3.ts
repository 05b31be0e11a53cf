/** What agents are to run, by version. */
export const SCHEMA_3 = '';
