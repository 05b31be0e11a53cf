import { defineProfile } from '../profile.ts';

/** EATON-EPDU-MIB: its indexes begin with the unit in a chain of them. */
const EPDU = '1.3.6.1.4.1.534.6.6.7';
const UNIT = `${EPDU}.1.2.1`;
const INPUT_VOLTAGE = `${EPDU}.3.2.1`;
const INPUT_CURRENT = `${EPDU}.3.3.1`;
const INPUT_POWER = `${EPDU}.3.4.1`;
const GROUP = `${EPDU}.5`;
const GROUP_NAME = `${GROUP}.1.1.3`;
const OUTLET = `${EPDU}.6`;
const OUTLET_NAME = `${OUTLET}.1.1.3`;
const TEMPERATURE = `${EPDU}.7.1.1`;
const HUMIDITY = `${EPDU}.7.2.1`;
/** PDU-MIB of the units before: unit and outletTable. */
const OLD = '1.3.6.1.4.1.534.6.6.6.1';

const MILLI = 0.001;
const TENTH = 0.1;
const UNTOLD = [-1];
const CONNECTED = 1;
const THRESHOLD_STATES = {
  0: ['good', 'ok'],
  1: ['low warning', 'warning'],
  2: ['low critical', 'critical'],
  3: ['high warning', 'warning'],
  4: ['high critical', 'critical'],
} as const;

/** The four columns that follow each other, in the units of the value; what is not set is -1 (or below). */
const thresholds = (table: string, first: number, scale: number) => {
  const at = (column: number) => ({ oid: `${table}.${column}`, scale, skip: UNTOLD });
  return { lowWarning: at(first), low: at(first + 1), highWarning: at(first + 2), high: at(first + 3) };
};

export const profile = defineProfile({
  name: 'eaton-pdu',
  title: 'Eaton ePDU',
  match: [{ sysObjectID: '1.3.6.1.4.1.534.6.6' }],
  identity: {
    kind: 'pdu',
    vendor: 'Eaton',
    model: [`{${UNIT}.3.0} {${UNIT}.2.0}`, `{${UNIT}.3.0}`, `{${OLD}.1.12.0}`],
    version: [`{${UNIT}.5.0}`, `{${OLD}.1.1.0}`],
    serial: [`{${UNIT}.4.0}`, `{${OLD}.1.2.0}`],
  },
  sensors: [
    { kind: 'frequency', name: 'Input {index}', value: { oid: `${EPDU}.3.1.1.3`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'voltage',
      name: 'Input {index}',
      value: { oid: `${INPUT_VOLTAGE}.3`, scale: MILLI, skip: UNTOLD },
      limits: thresholds(INPUT_VOLTAGE, 5, MILLI),
    },
    {
      kind: 'current',
      name: 'Input {index}',
      value: { oid: `${INPUT_CURRENT}.4`, scale: MILLI, skip: UNTOLD },
      limits: thresholds(INPUT_CURRENT, 6, MILLI),
    },
    { kind: 'load', name: 'Input {index}', value: { oid: `${INPUT_CURRENT}.11`, skip: UNTOLD } },
    { kind: 'power', name: 'Input {index}', value: { oid: `${INPUT_POWER}.4`, skip: UNTOLD } },
    { kind: 'power_consumed', name: 'Input {index}', value: { oid: `${INPUT_POWER}.5`, scale: MILLI, skip: UNTOLD } },
    { kind: 'power_factor', name: 'Input {index}', value: { oid: `${INPUT_POWER}.7`, scale: MILLI, skip: UNTOLD } },
    { kind: 'voltage', name: `Group {${GROUP_NAME}}`, value: { oid: `${GROUP}.3.1.3`, scale: MILLI, skip: UNTOLD } },
    { kind: 'current', name: `Group {${GROUP_NAME}}`, value: { oid: `${GROUP}.4.1.3`, scale: MILLI, skip: UNTOLD } },
    { kind: 'power', name: `Group {${GROUP_NAME}}`, value: { oid: `${GROUP}.5.1.3`, skip: UNTOLD } },
    { kind: 'voltage', name: `Outlet {${OUTLET_NAME}}`, value: { oid: `${OUTLET}.3.1.2`, scale: MILLI, skip: UNTOLD } },
    {
      kind: 'current',
      name: `Outlet {${OUTLET_NAME}}`,
      value: { oid: `${OUTLET}.4.1.3`, scale: MILLI, skip: UNTOLD },
      limits: thresholds(`${OUTLET}.4.1`, 5, MILLI),
    },
    { kind: 'power', name: `Outlet {${OUTLET_NAME}}`, value: { oid: `${OUTLET}.5.1.3`, skip: UNTOLD } },
    {
      kind: 'temperature',
      name: `{${TEMPERATURE}.2}`,
      value: { oid: `${TEMPERATURE}.4`, scale: TENTH },
      skip: [{ oid: `${TEMPERATURE}.3`, not: [CONNECTED] }],
    },
    {
      kind: 'state',
      name: `Temperature {${TEMPERATURE}.2}`,
      value: `${TEMPERATURE}.5`,
      states: THRESHOLD_STATES,
      skip: [{ oid: `${TEMPERATURE}.3`, not: [CONNECTED] }],
    },
    {
      kind: 'humidity',
      name: `{${HUMIDITY}.2}`,
      value: { oid: `${HUMIDITY}.4`, scale: TENTH },
      skip: [{ oid: `${HUMIDITY}.3`, not: [CONNECTED] }],
    },
    {
      kind: 'current',
      name: `Outlet {${OLD}.2.2.1.2}`,
      value: { oid: `${OLD}.2.2.1.4`, scale: MILLI, skip: UNTOLD },
    },
  ],
});
