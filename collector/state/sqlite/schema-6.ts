/** Versions of the agent, and how far each has been rolled out. */
export const SCHEMA_6 = '';
