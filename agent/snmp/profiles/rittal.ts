import { defineProfile, type SensorRule } from '../profile.ts';
import type { SensorKind } from '../reading.ts';

/** RITTAL-CMC-III-MIB: all devices are a list of variables, whose name says what they are. */
const CMC = '1.3.6.1.4.1.2606.7';
/** cmcIIIDevTable. */
const DEVICE = `${CMC}.4.1.2.1`;
/** cmcIIIVarTable: name, unit, and the value as text. */
const VARIABLE = `${CMC}.4.2.2.1`;
const [NAME, UNIT, TEXT] = [`${VARIABLE}.3`, `${VARIABLE}.5`, `${VARIABLE}.10`];

/** A value in this unit; set points have it too. */
const measured = (kind: SensorKind, unit: string): SensorRule => ({
  kind,
  name: `{${DEVICE}.3@1} {${NAME}}`,
  value: TEXT,
  skip: [
    { oid: NAME, matches: '^(?!.*\\bvalue$)', missing: true },
    { oid: UNIT, matches: `^(?!${unit}$)`, missing: true },
    { matches: '^\\D*$' },
  ],
});

export const profile = defineProfile({
  name: 'rittal',
  title: 'Rittal CMC III',
  match: [{ sysObjectID: CMC }],
  identity: {
    kind: 'environment',
    vendor: 'Rittal',
    model: [`{${DEVICE}.2}`, { from: 'sysDescr', match: '^Rittal (.+?) SN' }],
    version: [{ from: 'sysDescr', match: 'SW V?(\\S+)' }],
    serial: [{ from: 'sysDescr', match: 'SN (\\S+)' }],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Unit status',
      value: `${CMC}.2.1.0`,
      states: { 1: ['ok', 'ok'], 2: ['failed', 'critical'], 3: ['overload', 'warning'] },
    },
    measured('temperature', '\\W*C'),
    measured('humidity', '%'),
    measured('voltage', 'V'),
    measured('current', 'A'),
    measured('power', 'W'),
    measured('power_consumed', 'kWh'),
    measured('frequency', 'Hz'),
    measured('fanspeed', 'rpm'),
    measured('waterflow', 'l/min'),
    {
      kind: 'state',
      name: `{${DEVICE}.3@1} {${NAME}}`,
      value: TEXT,
      states: {
        OK: ['ok', 'ok'],
        Closed: ['closed', 'ok'],
        Open: ['open', 'warning'],
        On: ['on', 'ok'],
        Off: ['off', 'ok'],
        Inactive: ['inactive', 'ok'],
        Warning: ['warning', 'warning'],
        'High Warn': ['high warning', 'warning'],
        'Low Warn': ['low warning', 'warning'],
        Alarm: ['alarm', 'critical'],
        'High Alarm': ['high alarm', 'critical'],
        'Low Alarm': ['low alarm', 'critical'],
        Error: ['error', 'critical'],
        Lost: ['lost', 'critical'],
        Detected: ['detected', 'warning'],
        'Sensor lost': ['sensor lost', 'critical'],
      },
      skip: [{ oid: NAME, matches: '^(?!.*\\bstatus$)', missing: true }, { is: ['', 'n.a.'] }],
    },
  ],
});
