import { defineProfile } from '../profile.ts';
import { alarms } from '../rules/alarms.ts';
import { IF_NAME, PROBE_HARDWARE, PROBE_SOFTWARE } from '../rules/names.ts';

/** TP-Link's switches: JetStream and Omada have the TPLINK MIBs, smart ones but the standard ones. */
const TPLINK = '1.3.6.1.4.1.11863';
const MIBS = `${TPLINK}.6`;
/** TPLINK-SYSINFO-MIB, TPLINK-SYSMONITOR-MIB. */
const SYSTEM = `${MIBS}.1.1`;
const MONITOR = `${MIBS}.4.1`;
/** TPLINK-DDMSTATUS-MIB: words and numbers, as texts. */
const OPTICS = `${MIBS}.96.1.7.1.1`;
/** TPLINK-POWER-OVER-ETHERNET-MIB: tpPoeGlobal, tpPoePortConfigTable; tenths of watts. */
const POE = `${MIBS}.56.1.1`;
const POE_PORT = `${POE}.2.1.1`;

const TENTH = 0.1;

export const profile = defineProfile({
  name: 'tplink',
  title: 'TP-Link',
  match: [{ sysObjectID: TPLINK }],
  identity: {
    kind: [
      { kind: 'access-point', sysDescr: '\\b(?:EAP|CAP|CPE|WBS)\\d|access point' },
      { kind: 'router', sysDescr: '\\b(?:T?L-)?(?:ER|R)\\d{3,}|router' },
      { kind: 'switch' },
    ],
    vendor: 'TP-Link',
    model: [`{${SYSTEM}.5.0}`, `{${PROBE_HARDWARE}}`],
    version: [`{${SYSTEM}.6.0}`, `{${PROBE_SOFTWARE}}`],
    serial: [`{${SYSTEM}.8.0}`],
  },
  cpu: [{ name: 'Processor {index}', used: `${MONITOR}.1.1.1.2` }],
  memory: [{ name: 'Memory {index}', percent: `${MONITOR}.2.1.1.2` }],
  sensors: [
    { kind: 'temperature', name: `{${OPTICS}.1} optics`, value: `${OPTICS}.2` },
    { kind: 'voltage', name: `{${OPTICS}.1} optics`, value: `${OPTICS}.3` },
    { kind: 'current', name: `{${OPTICS}.1} TX bias`, value: { oid: `${OPTICS}.4`, scale: 0.001 } },
    { kind: 'dbm', name: `{${OPTICS}.1} TX power`, value: { oid: `${OPTICS}.5`, as: 'dbm' } },
    { kind: 'dbm', name: `{${OPTICS}.1} RX power`, value: { oid: `${OPTICS}.6`, as: 'dbm' } },
    {
      kind: 'state',
      name: `{${OPTICS}.1} optics transmit fault`,
      value: `${OPTICS}.9`,
      states: { 0: ['no', 'ok'], 1: ['fault', 'warning'], false: ['no', 'ok'], true: ['fault', 'warning'] },
      skip: [{ is: [2, 'N/A'] }],
    },
    {
      kind: 'state',
      name: `{${OPTICS}.1} optics loss of signal`,
      value: `${OPTICS}.8`,
      states: { 0: ['no', 'ok'], 1: ['lost', 'warning'], false: ['no', 'ok'], true: ['lost', 'warning'] },
      skip: [{ is: [2, 'N/A'] }],
    },
    { kind: 'power', name: 'PoE used', value: { oid: `${POE}.1.3.0`, scale: TENTH } },
    { kind: 'power', name: 'PoE left', value: { oid: `${POE}.1.4.0`, scale: TENTH } },
    { kind: 'power', name: 'PoE limit', value: { oid: `${POE}.1.1.0`, scale: TENTH } },
    {
      kind: 'power',
      name: `PoE {${IF_NAME}}`,
      value: { oid: `${POE_PORT}.7`, scale: TENTH },
      skip: [{ oid: `${POE_PORT}.11`, is: [0] }],
    },
    {
      kind: 'state',
      name: `PoE {${IF_NAME}}`,
      value: `${POE_PORT}.11`,
      states: {
        0: ['off', 'ok'],
        1: ['turning on', 'ok'],
        2: ['on', 'ok'],
        3: ['overload', 'critical'],
        4: ['short circuit', 'critical'],
        5: ['device is not of the standard', 'warning'],
        6: ['voltage too high', 'critical'],
        7: ['voltage too low', 'critical'],
        8: ['hardware fault', 'critical'],
        9: ['too hot', 'critical'],
      },
    },
  ],
  traps: [
    ...alarms(
      `${MIBS}.56.2`,
      [
        [2, 'tpPoePortPowerOverLoading', 'warning', 'Port PoE en surcharge', 'PoE port overloaded'],
        [3, 'tpPoePortShortCircuit', 'warning', 'Court-circuit sur un port PoE', 'Short circuit on a PoE port'],
        [6, 'tpPoeThermalShutdown', 'critical', 'PoE coupé\u202f: trop chaud', 'PoE shut down: too hot'],
        [7, 'tpPoeOverMaxPowerBudget', 'warning', 'Budget PoE dépassé', 'PoE budget exceeded'],
      ],
      `{${POE_PORT}.1}`,
    ),
    ...alarms(`${MIBS}.3.2`, [[4, 'temperature', 'critical', 'Température trop élevée', 'Temperature too high']]),
  ],
});
