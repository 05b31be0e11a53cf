import { defineProfile, type TrapRule } from '../profile.ts';
import { xupsSensors } from '../rules/xups.ts';

/** XUPS-MIB and EATON-EMP-MIB: Powerware's and Eaton's UPSes, and the probe on their cards. */
const UPS = '1.3.6.1.4.1.534.1';
const IDENT = `${UPS}.1`;
const ENVIRONMENT = `${UPS}.6`;
/** xupsContactSenseTable. */
const CONTACT = `${ENVIRONMENT}.8.1`;
const NOT_USED = 4;
/** xupstbXxx of the basic traps, xupstdXxx of those with an alarm's description. */
const TRAPS = [`${UPS}.11.4.1.0`, `${UPS}.11.4.2.0`];

/** What UPS-MIB tells as well is not told twice. */
const unless = (oid: string) => [{ oid: `1.3.6.1.2.1.33.1.${oid}`, answers: true }];

export const profile = defineProfile({
  name: 'eaton-ups',
  title: 'Eaton UPS',
  match: [
    { sysObjectID: '1.3.6.1.4.1.534', notSysObjectID: ['1.3.6.1.4.1.534.6', '1.3.6.1.4.1.534.10'] },
    { sysObjectID: '1.3.6.1.4.1.705', has: { oid: `${ENVIRONMENT}.1.0` } },
  ],
  identity: {
    kind: 'ups',
    vendor: 'Eaton',
    model: [`{${IDENT}.2.0}`],
    version: [`{${IDENT}.3.0}`],
    serial: [`{${IDENT}.6.0}`, { from: '1.3.6.1.2.1.33.1.1.5.0', match: 'ID: (\\S+)' }],
  },
  sensors: [
    ...xupsSensors(UPS),
    {
      kind: 'temperature',
      name: 'Ambient',
      value: `${ENVIRONMENT}.1.0`,
      limits: { lowWarning: `${ENVIRONMENT}.2.0`, highWarning: `${ENVIRONMENT}.3.0` },
    },
    { kind: 'humidity', name: 'Ambient', value: `${ENVIRONMENT}.4.0` },
    {
      kind: 'temperature',
      name: 'Remote',
      value: `${ENVIRONMENT}.5.0`,
      limits: { lowWarning: `${ENVIRONMENT}.9.0`, highWarning: `${ENVIRONMENT}.10.0` },
    },
    {
      kind: 'humidity',
      name: 'Environment',
      value: `${ENVIRONMENT}.6.0`,
      limits: { lowWarning: `${ENVIRONMENT}.11.0`, highWarning: `${ENVIRONMENT}.12.0` },
    },
    {
      kind: 'state',
      name: `{${CONTACT}.4}`,
      value: `${CONTACT}.3`,
      states: {
        1: ['closed', 'ok'],
        2: ['open', 'ok'],
        3: ['closed with notice', 'warning'],
        4: ['open with notice', 'warning'],
      },
      skip: [{ oid: `${CONTACT}.2`, is: [NOT_USED] }],
    },
    {
      kind: 'count',
      name: 'Alarms',
      value: `${UPS}.7.1.0`,
      limits: { high: 0 },
      skip: unless('6.1.0'),
    },
    {
      kind: 'state',
      name: 'Battery test status',
      value: `${UPS}.8.2.0`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['passed', 'ok'],
        3: ['failed', 'critical'],
        4: ['in progress', 'ok'],
        5: ['not supported', 'ok'],
        6: ['inhibited', 'critical'],
        7: ['scheduled', 'ok'],
      },
    },
  ],
  traps: TRAPS.flatMap((trap): TrapRule[] => [
    { oid: `${trap}.3`, title: { fr: 'Onduleur sur batterie', en: 'UPS on battery' }, severity: 'warning' },
    {
      oid: `${trap}.5`,
      title: { fr: 'Courant rétabli', en: 'Power restored' },
      severity: 'clears',
      clears: `${trap}.3`,
    },
    { oid: `${trap}.4`, title: { fr: 'Batterie de l’onduleur faible', en: 'UPS battery low' }, severity: 'critical' },
    {
      oid: `${trap}.6`,
      title: { fr: 'Batterie de nouveau suffisante', en: 'Battery no longer low' },
      severity: 'clears',
      clears: `${trap}.4`,
    },
    { oid: `${trap}.7`, title: { fr: 'Onduleur en surcharge', en: 'UPS overloaded' }, severity: 'critical' },
    {
      oid: `${trap}.8`,
      title: { fr: 'Panne interne de l’onduleur', en: 'UPS internal failure' },
      severity: 'critical',
    },
    {
      oid: `${trap}.9`,
      title: { fr: 'Batterie de l’onduleur vidée', en: 'UPS battery discharged' },
      severity: 'critical',
    },
    { oid: `${trap}.10`, title: { fr: 'Panne de l’ondulation', en: 'Inverter failure' }, severity: 'critical' },
    { oid: `${trap}.11`, title: { fr: 'Onduleur en bypass', en: 'UPS on bypass' }, severity: 'warning' },
    { oid: `${trap}.13`, title: { fr: 'Sortie de l’onduleur coupée', en: 'UPS output off' }, severity: 'critical' },
    {
      oid: `${trap}.16`,
      title: { fr: 'Arrêt imminent de l’onduleur', en: 'UPS shutdown imminent' },
      severity: 'critical',
    },
  ]),
});
