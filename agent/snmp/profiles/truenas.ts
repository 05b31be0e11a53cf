import { defineProfile, type SensorRule } from '../profile.ts';

/** FREENAS-MIB, and what TRUENAS-MIB made of its table of pools. */
const TRUENAS = '1.3.6.1.4.1.50536.1';
/** TRUENAS-MIB's notifications: an id, a level (since TrueNAS; FreeNAS counted 20, 30, 50), a text. */
const ALERTS = '1.3.6.1.4.1.50536.2';
const ALERT_ID = `{${ALERTS}.2.1}`;
const [POOL, DATASET] = [`${TRUENAS}.1.1.1`, `${TRUENAS}.2.1.1`];
const [ARC, L2ARC, ZIL] = [`${TRUENAS}.4`, `${TRUENAS}.5`, `${TRUENAS}.6`];

const scaled = (table: string, column: number) =>
  ({ oid: `${table}.${column}`, scale: `${table}.3`, as: 'unsigned' }) as const;
const count = (name: string, value: string): SensorRule => ({ kind: 'count', name, value });

export const profile = defineProfile({
  name: 'truenas',
  title: 'TrueNAS, FreeNAS',
  match: [{ sysDescr: '(True|Free)NAS' }, { sysObjectID: '1.3.6.1.4.1.50536' }],
  identity: {
    kind: 'nas',
    vendor: 'iXsystems',
    model: [{ from: 'sysDescr', match: 'Hardware: (.*?)\\.? Software:' }],
    version: [{ from: 'sysDescr', match: '(?:True|Free)NAS-(\\S*[^\\s.])' }],
  },
  storage: [
    { name: `{${POOL}.2}`, used: scaled(POOL, 5), total: scaled(POOL, 4) },
    { name: `{${DATASET}.2}`, free: scaled(DATASET, 6), total: scaled(DATASET, 4) },
  ],
  sensors: [
    {
      kind: 'state',
      name: `ZPool: {${POOL}.2}`,
      value: `${POOL}.7`,
      skip: [{ oid: `${POOL}.3`, matches: '[a-z]' }],
      states: {
        0: ['online', 'ok'],
        1: ['degraded', 'critical'],
        2: ['faulted', 'critical'],
        3: ['offline', 'critical'],
        4: ['unavailable', 'critical'],
        5: ['removed', 'critical'],
      },
    },
    {
      kind: 'state',
      name: `ZPool: {${POOL}.2}`,
      value: `${POOL}.3`,
      skip: [{ matches: '^\\d' }],
      states: {
        ONLINE: ['online', 'ok'],
        DEGRADED: ['degraded', 'critical'],
        FAULTED: ['faulted', 'critical'],
        OFFLINE: ['offline', 'critical'],
        UNAVAIL: ['unavailable', 'critical'],
        REMOVED: ['removed', 'critical'],
      },
    },
    count('ARC Size', `${ARC}.1.0`),
    count('ARC Metadata', `${ARC}.2.0`),
    count('ARC Data', `${ARC}.3.0`),
    count('ARC Target Size (C)', `${ARC}.6.0`),
    count('ARC MRU Target Size (P)', `${ARC}.7.0`),
    count('ARC Miss Percent', `${ARC}.8.0`),
    count('ARC Hit Ratio', `${ARC}.9.0`),
    count('ARC Miss Ratio', `${ARC}.10.0`),
    count('L2ARC Size', `${L2ARC}.5.0`),
    count('ZIL Operations last second', `${ZIL}.1.0`),
    count('ZIL Operations last 5 seconds', `${ZIL}.2.0`),
    count('ZIL Operations last 10 seconds', `${ZIL}.3.0`),
  ],
  traps: [
    ...[
      { level: '^(3|30)$', severity: 'warning' as const },
      { level: '^([4-7]|50)$', severity: 'critical' as const },
      { level: '^', severity: 'info' as const },
    ].map(({ level, severity }) => ({
      oid: `${ALERTS}.1.1`,
      name: 'alert',
      where: { oid: `${ALERTS}.2.2`, is: level },
      title: { fr: `{${ALERTS}.2.3}`, en: `{${ALERTS}.2.3}` },
      severity,
      key: ALERT_ID,
    })),
    {
      oid: `${ALERTS}.1.2`,
      title: { fr: 'Fin d’alerte', en: 'Alert is over' },
      severity: 'clears',
      clears: `${ALERTS}.1.1`,
      key: ALERT_ID,
    },
  ],
});
