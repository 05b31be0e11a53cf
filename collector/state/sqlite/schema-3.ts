/** Enrolment tokens, certificates and what waits to be admitted. */
export const SCHEMA_3 = '';
