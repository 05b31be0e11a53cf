import { defineProfile, type TextRule } from '../profile.ts';

/** entPhysicalTable of ENTITY-MIB, RFC 6933. */
const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';
const [SOFTWARE, FIRMWARE, SERIAL, MODEL] = [`${ENTITY}.10`, `${ENTITY}.9`, `${ENTITY}.11`, `${ENTITY}.13`];
/** entPhysicalClass: the chassis, else the stack that holds several. */
const [CHASSIS, STACK] = ['3', '11'];

/** What stands there where nothing was burnt in. */
const TEXT = '^(?!n/?a$|none$|unknown|not specified|default|to be filled|0+$)(.*\\S.*)$';
const of = (kind: string, from: string): TextRule => ({
  from,
  match: TEXT,
  where: { oid: `${ENTITY}.5`, is: kind },
});

export const profile = defineProfile({
  name: 'entity-mib',
  title: 'ENTITY-MIB',
  match: 'any',
  rank: 0,
  identity: {
    model: [of(CHASSIS, MODEL), of(STACK, MODEL)],
    version: [of(CHASSIS, SOFTWARE), of(STACK, SOFTWARE), of(CHASSIS, FIRMWARE)],
    serial: [of(CHASSIS, SERIAL), of(STACK, SERIAL)],
  },
});
