/** What devices are made of, and how that changed. */
export const SCHEMA_6 = '';
