import { defineProfile } from '../profile.ts';

/** TRIPPLITE-PRODUCTS: UPSes, PDUs, transfer switches and probes behind a PowerAlert card; UPS-MIB is answered too. */
const TLP = '1.3.6.1.4.1.850.1.1.3';
const UPS = `${TLP}.1`;
const PDU = `${TLP}.2`;
const PDU_OUTLET = `${PDU}.3.3.1.1`;
const PROBE = `${TLP}.3.3`;
const ATS = `${TLP}.4.3`;
/** tlpDeviceTable's model; tlpDeviceIdentTable's serial number. */
const DEVICE = '1.3.6.1.4.1.850.1.1.1';
const DETAIL = '1.3.6.1.4.1.850.1.1.2.1';
/** TRIPPLITE-MIB, the older. */
const OLD = '1.3.6.1.4.1.850';

const TENTH = 0.1;
const HUNDREDTH = 0.01;
/** What UPS-MIB tells as well is not told twice. */
const unless = (oid: string) => [{ oid: `1.3.6.1.2.1.33.1.${oid}`, answers: true }];
const SWITCHED = { 0: ['unknown', 'unknown'], 1: ['off', 'ok'], 2: ['on', 'ok'] } as const;

export const profile = defineProfile({
  name: 'tripp-lite',
  title: 'Tripp Lite',
  match: [{ sysObjectID: OLD }],
  identity: {
    kind: [
      { kind: 'ups', has: { oid: `${UPS}.3.1.1.1.1` } },
      { kind: 'pdu', has: { oid: `${PDU}.2.1.1.1` } },
      { kind: 'pdu', has: { oid: `${ATS}.1.1.1` } },
      { kind: 'pdu', sysDescr: 'PDU' },
      { kind: 'ups' },
    ],
    vendor: 'Tripp Lite',
    model: ['{1.3.6.1.2.1.33.1.1.2.0}', `{${DEVICE}.2.1.5}`, `{${TLP}.2.1.1.1.5}`],
    version: ['{1.3.6.1.2.1.33.1.1.4.0}', '{1.3.6.1.2.1.33.1.1.3.0}'],
    serial: [`{${OLD}.100.1.1.2.0}`, `{${OLD}.100.1.1.4.0}`, `{${DETAIL}.1.5}`],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Battery {index.1} status',
      value: `${UPS}.3.1.1.1.1`,
      states: {
        0: ['unknown', 'unknown'],
        1: ['unknown', 'unknown'],
        2: ['normal', 'ok'],
        3: ['low', 'warning'],
        4: ['depleted', 'critical'],
      },
    },
    { kind: 'charge', name: 'Remaining', value: `${UPS}.3.1.1.1.4`, skip: unless('2.4.0') },
    {
      kind: 'state',
      name: 'Charging status {index.1}',
      value: `${UPS}.3.1.2.1.4`,
      states: {
        0: ['floating', 'ok'],
        1: ['charging', 'ok'],
        2: ['resting', 'ok'],
        3: ['discharging', 'critical'],
        4: ['normal', 'ok'],
      },
    },
    {
      kind: 'state',
      name: 'Battery {index.1} condition',
      value: `${UPS}.3.1.5.1.1`,
      states: { 0: ['unknown', 'unknown'], 1: ['good', 'ok'], 2: ['weak', 'warning'], 3: ['bad', 'critical'] },
    },
    { kind: 'state', name: 'Main load state', value: `${UPS}.2.1.1.1`, states: SWITCHED },
    { kind: 'temperature', name: 'UPS', value: { oid: `${UPS}.2.1.1.7`, scale: TENTH } },
    {
      kind: 'frequency',
      name: 'Input {index.-1}',
      value: { oid: `${UPS}.3.2.2.1.2`, scale: TENTH },
      skip: unless('3.3.1.2'),
    },
    {
      kind: 'state',
      name: 'Output source',
      value: `${UPS}.3.3.1.1.1`,
      states: {
        0: ['unknown', 'unknown'],
        1: ['other', 'unknown'],
        2: ['none', 'critical'],
        3: ['normal', 'ok'],
        4: ['bypass', 'critical'],
        5: ['battery', 'critical'],
        6: ['boosting', 'warning'],
        7: ['reducing', 'warning'],
        8: ['second', 'warning'],
        9: ['economy', 'ok'],
        10: ['testing', 'ok'],
      },
    },
    { kind: 'frequency', name: 'Output', value: { oid: `${UPS}.3.3.1.1.3`, scale: TENTH }, skip: unless('4.2.0') },
    {
      kind: 'current',
      name: 'Output {index.-1}',
      value: { oid: `${UPS}.3.3.2.1.3`, scale: HUNDREDTH },
      skip: unless('4.4.1.3'),
    },
    { kind: 'power', name: 'Output {index.-1}', value: `${UPS}.3.3.2.1.4`, skip: unless('4.4.1.4') },
    { kind: 'load', name: 'Output {index.-1}', value: `${UPS}.3.3.2.1.5`, skip: unless('4.4.1.5') },
    { kind: 'state', name: `{${UPS}.3.5.1.1.2}`, value: `${UPS}.3.5.1.1.4`, states: SWITCHED },
    { kind: 'state', name: 'Main load state', value: `${PDU}.2.1.1.1`, states: SWITCHED },
    { kind: 'frequency', name: 'Input {index.-1}', value: { oid: `${PDU}.3.1.2.1.3`, scale: TENTH } },
    { kind: 'voltage', name: 'Input {index.-1}', value: { oid: `${PDU}.3.1.2.1.4`, scale: TENTH } },
    { kind: 'voltage', name: 'Output {index.-1}', value: { oid: `${PDU}.3.2.1.1.4`, scale: TENTH } },
    { kind: 'current', name: 'Output {index.-1}', value: { oid: `${PDU}.3.2.1.1.5`, scale: HUNDREDTH } },
    { kind: 'power', name: 'Output {index.-1}', value: `${PDU}.3.2.1.1.8` },
    { kind: 'frequency', name: 'Output {index.-1}', value: { oid: `${PDU}.3.2.1.1.11`, scale: TENTH } },
    { kind: 'state', name: `{${PDU_OUTLET}.2}`, value: `${PDU_OUTLET}.4`, states: SWITCHED },
    { kind: 'voltage', name: `{${PDU_OUTLET}.2}`, value: { oid: `${PDU_OUTLET}.7`, scale: TENTH } },
    { kind: 'current', name: `{${PDU_OUTLET}.2}`, value: { oid: `${PDU_OUTLET}.8`, scale: HUNDREDTH } },
    { kind: 'power', name: `{${PDU_OUTLET}.2}`, value: `${PDU_OUTLET}.9` },
    { kind: 'frequency', name: `{${PDU_OUTLET}.2}`, value: { oid: `${PDU_OUTLET}.22`, scale: TENTH } },
    { kind: 'voltage', name: 'Circuit {index.-1}', value: { oid: `${PDU}.3.4.1.1.3`, scale: TENTH } },
    { kind: 'current', name: 'Circuit {index.-1}', value: { oid: `${PDU}.3.4.1.1.4`, scale: HUNDREDTH } },
    { kind: 'voltage', name: 'Source {index}', value: { oid: `${ATS}.1.2.1.5`, scale: TENTH } },
    { kind: 'current', name: 'Output {index}', value: { oid: `${ATS}.2.1.1.5`, scale: HUNDREDTH } },
    { kind: 'temperature', name: 'Probe {index}', value: { oid: `${PROBE}.1.1.1`, scale: TENTH } },
    { kind: 'humidity', name: 'Probe {index}', value: `${PROBE}.2.1.1` },
    {
      kind: 'state',
      name: `Contact {${PROBE}.3.1.2}`,
      value: `${PROBE}.3.1.5`,
      states: { 0: ['unknown', 'unknown'], 1: ['alarm', 'critical'], 2: ['ok', 'ok'] },
    },
    { kind: 'temperature', name: 'Ambient', value: `${OLD}.101.1.1.1.0` },
    { kind: 'humidity', name: 'Ambient', value: `${OLD}.101.1.2.1.0` },
    { kind: 'count', name: 'Battery age', unit: 'years', value: `${OLD}.100.1.2.1.0` },
  ],
});
