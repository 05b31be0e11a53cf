/** Names that maker's tables, indexed by interface or entity, go by: IF-MIB and ENTITY-MIB. */
export const IF_NAME = '1.3.6.1.2.1.31.1.1.1.1';
export const IF_DESCR = '1.3.6.1.2.1.2.2.1.2';
const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';
export const ENTITY_DESCR = `${ENTITY}.2`;
export const ENTITY_CLASS = `${ENTITY}.5`;
export const ENTITY_NAME = `${ENTITY}.7`;
export const ENTITY_SOFTWARE = `${ENTITY}.10`;
export const ENTITY_SERIAL = `${ENTITY}.11`;

/** Model and version as RMON2-MIB's probe tells them, where a maker tells nothing else. */
export const PROBE_SOFTWARE = '1.3.6.1.2.1.16.19.2.0';
export const PROBE_HARDWARE = '1.3.6.1.2.1.16.19.3.0';
