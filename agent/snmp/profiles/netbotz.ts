import { defineProfile } from '../profile.ts';

/** NetBotz50-MIB of today's appliances, NETBOTZV2-MIB of the older: the same tables below another root. */
const ROOTS = ['1.3.6.1.4.1.52674.500', '1.3.6.1.4.1.5528.100'];
/** Below it the tables of sensors that measure (1) and of those that have a state (2): value, error status, label. */
const TABLES = ROOTS.map((root) => `${root}.4`);

const ERROR_STATES = {
  0: ['normal', 'ok'],
  1: ['info', 'ok'],
  2: ['warning', 'warning'],
  3: ['error', 'critical'],
  4: ['critical', 'critical'],
  5: ['failure', 'critical'],
} as const;
/** Which of the tables it has, and what its values 0 and 1 mean. */
const CONTACTS = [
  ['Dry contact', 1, 'no alarm', 'alarm'],
  ['Door', 2, 'closed', 'open'],
  ['Smoke', 12, 'no smoke', 'smoke detected'],
] as const;

export const profile = defineProfile({
  name: 'netbotz',
  title: 'NetBotz',
  match: [{ sysObjectID: ROOTS }, { sysObjectID: '1.3.6.1.4.1.318', has: { oid: `${ROOTS[0]}.100.0` } }],
  rank: 12,
  identity: {
    kind: 'environment',
    vendor: 'APC',
    model: ['{1.3.6.1.4.1.318.1.4.2.2.1.2.1}', { from: 'sysDescr', match: '(NetBotz \\S+)' }],
    version: ['{1.3.6.1.4.1.318.1.4.2.4.1.4.1}'],
    serial: ['{1.3.6.1.4.1.318.1.4.2.2.1.3.1}'],
  },
  sensors: [
    ...ROOTS.map((root) => ({
      kind: 'state' as const,
      name: 'Appliance',
      value: `${root}.100.0`,
      states: ERROR_STATES,
    })),
    ...TABLES.flatMap((table) => [
      { kind: 'temperature' as const, name: `{${table}.1.1.1.4}`, value: { oid: `${table}.1.1.1.2`, scale: 0.1 } },
      { kind: 'humidity' as const, name: `{${table}.1.2.1.4}`, value: { oid: `${table}.1.2.1.2`, scale: 0.1 } },
      { kind: 'temperature' as const, name: `{${table}.1.3.1.4}`, value: { oid: `${table}.1.3.1.2`, scale: 0.1 } },
      {
        kind: 'state' as const,
        name: `Temperature - {${table}.1.1.1.4}`,
        value: `${table}.1.1.1.3`,
        states: ERROR_STATES,
      },
      {
        kind: 'state' as const,
        name: `Humidity - {${table}.1.2.1.4}`,
        value: `${table}.1.2.1.3`,
        states: ERROR_STATES,
      },
      ...CONTACTS.map(([name, contact, none, one]) => ({
        kind: 'state' as const,
        name: `${name} - {${table}.2.${contact}.1.4}`,
        value: `${table}.2.${contact}.1.2`,
        states: { '-1': ['undefined', 'unknown'], 0: [none, 'ok'], 1: [one, 'critical'] } as const,
      })),
    ]),
  ],
});
