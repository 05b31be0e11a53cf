import { defineProfile } from '../profile.ts';
import { SUPPLY_LEVEL, suppliesOf } from '../rules/printer-supplies.ts';

/** HOST-RESOURCES-MIB: hrDeviceTable and hrPrinterTable. */
const DEVICE = '1.3.6.1.2.1.25.3.2.1';
const DEVICE_TYPE = `${DEVICE}.2`;
const HR_PRINTER = '1.3.6.1.2.1.25.3.5.1';
const IS_PRINTER = '^1\\.3\\.6\\.1\\.2\\.1\\.25\\.3\\.1\\.5$';

/** Printer-MIB (RFC 3805). */
const PRINTER = '1.3.6.1.2.1.43';
const GENERAL = `${PRINTER}.5.1.1`;
const COVER = `${PRINTER}.6.1.1`;
const MARKER = `${PRINTER}.10.2.1`;
const ALERT = `${PRINTER}.18.1.1`;
const ALERT_TEXT = `${ALERT}.8`;

export const profile = defineProfile({
  name: 'printer-mib',
  title: 'Printer-MIB',
  rank: 0,
  match: [
    { has: { oid: SUPPLY_LEVEL } },
    { has: { oid: `${GENERAL}.17` } },
    // Windows and CUPS tell of the printers they print on.
    { has: { oid: `${HR_PRINTER}.2` }, notSysObjectID: ['1.3.6.1.4.1.311', '1.3.6.1.4.1.8072'] },
  ],
  identity: {
    kind: 'printer',
    model: [{ from: `${DEVICE}.3`, where: { oid: DEVICE_TYPE, is: IS_PRINTER } }, `{${GENERAL}.16}`],
    serial: [`{${GENERAL}.17}`],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Printer Activity',
      value: `${HR_PRINTER}.1`,
      // Other is asleep as well as stopped: why it stopped stands in its error state.
      states: {
        1: ['Other', 'ok'],
        2: ['Unknown', 'unknown'],
        3: ['Idle', 'ok'],
        4: ['Printing', 'ok'],
        5: ['Warming up', 'ok'],
      },
    },
    {
      kind: 'state',
      name: `Cover {${COVER}.2}`,
      value: `${COVER}.3`,
      states: {
        1: ['Other', 'ok'],
        2: ['Unknown', 'unknown'],
        3: ['Open', 'warning'],
        4: ['Closed', 'ok'],
        5: ['Interlock open', 'warning'],
        6: ['Interlock closed', 'ok'],
      },
    },
    {
      kind: 'state',
      name: `Alert {${ALERT_TEXT}}`,
      value: `${ALERT}.2`,
      // What only informs, and that it sleeps, is no alert.
      skip: [
        { is: [1] },
        { oid: ALERT_TEXT, matches: 'sleep|energy sav|power sav|stand-?by|warming|\\bready\\b|veille' },
      ],
      states: {
        3: ['Critical', 'critical'],
        4: ['Warning', 'warning'],
        5: ['Warning', 'warning'],
      },
    },
    { kind: 'count', name: 'Pages printed', value: { oid: `${MARKER}.4`, skip: [-1, -2] } },
  ],
  supplies: suppliesOf(),
});
