import { defineProfile, type SensorRule } from '../profile.ts';

/** MG-SNMP-UPS-MIB: MGE's UPSes, today Eaton's and, the Galaxy, Schneider's. */
const UPS = '1.3.6.1.4.1.705.1';
const IDENT = `${UPS}.1`;
const BATTERY = `${UPS}.5`;
const INPUT = `${UPS}.6`;
const OUTPUT = `${UPS}.7`;
/** upsmgInputPhaseTable, upsmgOutputPhaseTable. */
const INPUT_PHASE = `${INPUT}.2.1`;
const OUTPUT_PHASE = `${OUTPUT}.2.1`;
const TRAP = `${UPS}.11.0`;

const TENTH = 0.1;
/** What UPS-MIB tells as well is not told twice. */
const unless = (oid: string) => [{ oid: `1.3.6.1.2.1.33.1.${oid}`, answers: true }, { is: [-1] }];

/** upsmg… are 1 when it is so, 2 when not. */
const alarm = (name: string, oid: string, yes: string, no: string): SensorRule => ({
  kind: 'state',
  name,
  value: oid,
  states: { 1: [yes, 'critical'], 2: [no, 'ok'] },
});

export const profile = defineProfile({
  name: 'mge-ups',
  title: 'MGE UPS',
  match: [{ sysObjectID: '1.3.6.1.4.1.705' }],
  identity: {
    kind: 'ups',
    model: [`{${IDENT}.1.0} {${IDENT}.2.0}`, `{${IDENT}.1.0}`],
    version: [`{${IDENT}.4.0}`],
    serial: [`{${IDENT}.7.0}`],
  },
  sensors: [
    { kind: 'delay', name: 'Remaining time', value: `${BATTERY}.1.0` },
    { kind: 'charge', name: 'Battery charge', value: `${BATTERY}.2.0`, skip: unless('2.4.0') },
    { kind: 'voltage', name: 'Battery', value: { oid: `${BATTERY}.5.0`, scale: TENTH }, skip: unless('2.5.0') },
    { kind: 'current', name: 'Battery', value: { oid: `${BATTERY}.6.0`, scale: TENTH }, skip: unless('2.6.0') },
    { kind: 'temperature', name: 'Battery', value: `${BATTERY}.7.0` },
    alarm('Battery fault', `${BATTERY}.9.0`, 'fault', 'ok'),
    alarm('Battery replacement status', `${BATTERY}.11.0`, 'to be replaced', 'ok'),
    alarm('Battery charge status', `${BATTERY}.14.0`, 'low battery', 'ok'),
    alarm('Battery charger status', `${BATTERY}.15.0`, 'fault', 'ok'),
    alarm('Battery condition', `${BATTERY}.16.0`, 'low condition', 'ok'),
    alarm('Input status', `${INPUT}.3.0`, 'bad', 'ok'),
    {
      kind: 'state',
      name: 'Input line fail cause',
      value: `${INPUT}.4.0`,
      states: {
        1: ['no failure', 'ok'],
        2: ['voltage out of tolerance', 'critical'],
        3: ['frequency out of tolerance', 'critical'],
        4: ['no voltage', 'critical'],
      },
    },
    alarm('Output on battery', `${OUTPUT}.3.0`, 'on battery', 'on input power'),
    alarm('Bypass status', `${OUTPUT}.4.0`, 'on bypass', 'not active'),
    alarm('Utility status', `${OUTPUT}.7.0`, 'no voltage', 'ok'),
    {
      // Line-interactive UPSes have it off while there is mains: no fault. Where it is one, on bypass tells it.
      kind: 'state',
      name: 'UPS inverter status',
      value: `${OUTPUT}.9.0`,
      states: { 1: ['inverter off', 'ok'], 2: ['inverter on', 'ok'] },
    },
    alarm('Output overload', `${OUTPUT}.10.0`, 'overload', 'no'),
    alarm('Over temperature', `${OUTPUT}.11.0`, 'over temperature', 'ok'),
    {
      kind: 'voltage',
      name: 'Input {index.1}',
      value: { oid: `${INPUT_PHASE}.2`, scale: TENTH },
      skip: unless('3.3.1.3'),
    },
    {
      kind: 'frequency',
      name: 'Input {index.1}',
      value: { oid: `${INPUT_PHASE}.3`, scale: TENTH },
      skip: unless('3.3.1.2'),
    },
    {
      kind: 'current',
      name: 'Input {index.1}',
      value: { oid: `${INPUT_PHASE}.6`, scale: TENTH },
      skip: unless('3.3.1.4'),
    },
    {
      kind: 'voltage',
      name: 'Output {index.1}',
      value: { oid: `${OUTPUT_PHASE}.2`, scale: TENTH },
      skip: unless('4.4.1.2'),
    },
    {
      kind: 'frequency',
      name: 'Output {index.1}',
      value: { oid: `${OUTPUT_PHASE}.3`, scale: TENTH },
      skip: unless('4.2.0'),
    },
    { kind: 'load', name: 'Output {index.1}', value: `${OUTPUT_PHASE}.4`, skip: unless('4.4.1.5') },
    {
      kind: 'current',
      name: 'Output {index.1}',
      value: { oid: `${OUTPUT_PHASE}.5`, scale: TENTH },
      skip: unless('4.4.1.3'),
    },
  ],
  traps: [
    {
      oid: `${TRAP}.1`,
      title: { fr: 'Batterie de l’onduleur en défaut', en: 'UPS battery fault' },
      severity: 'critical',
    },
    {
      oid: `${TRAP}.2`,
      title: { fr: 'Batterie de nouveau bonne', en: 'Battery fault over' },
      severity: 'clears',
      clears: `${TRAP}.1`,
    },
    {
      oid: `${TRAP}.3`,
      title: { fr: 'Batterie de l’onduleur à remplacer', en: 'UPS battery to be replaced' },
      severity: 'warning',
    },
    {
      oid: `${TRAP}.4`,
      title: { fr: 'Batterie remplacée', en: 'Battery replaced' },
      severity: 'clears',
      clears: `${TRAP}.3`,
    },
    { oid: `${TRAP}.5`, title: { fr: 'Batterie de l’onduleur faible', en: 'UPS battery low' }, severity: 'critical' },
    {
      oid: `${TRAP}.6`,
      title: { fr: 'Batterie de nouveau suffisante', en: 'Battery no longer low' },
      severity: 'clears',
      clears: `${TRAP}.5`,
    },
    {
      oid: `${TRAP}.7`,
      title: { fr: 'Chargeur de l’onduleur en panne', en: 'UPS charger fault' },
      severity: 'critical',
    },
    {
      oid: `${TRAP}.8`,
      title: { fr: 'Chargeur de nouveau bon', en: 'Charger fault over' },
      severity: 'clears',
      clears: `${TRAP}.7`,
    },
    { oid: `${TRAP}.11`, title: { fr: 'Onduleur sur batterie', en: 'UPS on battery' }, severity: 'warning' },
    {
      oid: `${TRAP}.12`,
      title: { fr: 'Courant rétabli', en: 'Power restored' },
      severity: 'clears',
      clears: `${TRAP}.11`,
    },
    { oid: `${TRAP}.13`, title: { fr: 'Onduleur en bypass', en: 'UPS on bypass' }, severity: 'warning' },
    { oid: `${TRAP}.14`, title: { fr: 'Fin du bypass', en: 'Bypass over' }, severity: 'clears', clears: `${TRAP}.13` },
    { oid: `${TRAP}.17`, title: { fr: 'Panne du secteur', en: 'Utility failure' }, severity: 'warning' },
    {
      oid: `${TRAP}.18`,
      title: { fr: 'Secteur rétabli', en: 'Utility restored' },
      severity: 'clears',
      clears: `${TRAP}.17`,
    },
    { oid: `${TRAP}.21`, title: { fr: 'Onduleur en surcharge', en: 'UPS overloaded' }, severity: 'critical' },
    {
      oid: `${TRAP}.22`,
      title: { fr: 'Fin de la surcharge', en: 'Overload over' },
      severity: 'clears',
      clears: `${TRAP}.21`,
    },
    { oid: `${TRAP}.23`, title: { fr: 'Onduleur en surchauffe', en: 'UPS over temperature' }, severity: 'critical' },
    {
      oid: `${TRAP}.24`,
      title: { fr: 'Température normale', en: 'Temperature normal' },
      severity: 'clears',
      clears: `${TRAP}.23`,
    },
  ],
});
