import { defineProfile, type SensorRule } from '../profile.ts';

/** DIDACTUM-SYSTEM-MIB: type, name, state as a word, value as text; sensors of the unit, and those on its CAN bus. */
const DIDACTUM = '1.3.6.1.4.1.46501';
const ANALOG = [`${DIDACTUM}.5.2.1`, `${DIDACTUM}.6.2.1`];
const CONTACTS = [`${DIDACTUM}.5.1.1`, `${DIDACTUM}.6.1.1`];

const KINDS = ['temperature', 'humidity', 'voltage'] as const;
const NOT_CONNECTED = 'not connected';
const STATES = {
  normal: ['normal', 'ok'],
  on: ['on', 'ok'],
  off: ['off', 'ok'],
  warning: ['warning', 'warning'],
  'low warning': ['low warning', 'warning'],
  'high warning': ['high warning', 'warning'],
  alarm: ['alarm', 'critical'],
  'low alarm': ['low alarm', 'critical'],
  'high alarm': ['high alarm', 'critical'],
} as const;

export const profile = defineProfile({
  name: 'didactum',
  title: 'Didactum',
  match: [{ sysObjectID: DIDACTUM }, { sysDescr: 'didactum' }],
  identity: {
    kind: 'environment',
    vendor: 'Didactum',
    model: [{ from: 'sysDescr', match: '(Didactum.*)' }],
  },
  sensors: [
    ...ANALOG.flatMap((table) =>
      KINDS.map(
        (kind): SensorRule => ({
          kind,
          name: `{${table}.5}`,
          value: `${table}.7`,
          skip: [
            { oid: `${table}.4`, matches: `^(?!${kind}$)`, missing: true },
            { oid: `${table}.6`, is: [NOT_CONNECTED] },
          ],
        }),
      ),
    ),
    ...[...ANALOG, ...CONTACTS].map(
      (table): SensorRule => ({
        kind: 'state',
        name: `{${table}.5}`,
        value: `${table}.6`,
        states: STATES,
        skip: [{ is: [NOT_CONNECTED] }],
      }),
    ),
  ],
});
