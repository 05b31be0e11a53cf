/** How each store and device stood, and what proves it. */
export const SCHEMA_7 = '';
