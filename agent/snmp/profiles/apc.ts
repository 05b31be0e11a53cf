import { defineProfile } from '../profile.ts';

/** PowerNet-MIB: the UPSes, the probes on any of APC's cards, and what identifies all its devices. */
const APC = '1.3.6.1.4.1.318';
const PRODUCTS = `${APC}.1.1`;
const UPS = `${PRODUCTS}.1`;
/** upsBasicBattery, upsAdvBattery, upsHighPrecBattery; and so for input and output. */
const BATTERY = `${UPS}.2`;
const INPUT = `${UPS}.3`;
const OUTPUT = `${UPS}.4`;
/** upsPhaseInputTable and upsPhaseInputPhaseTable, upsPhaseOutputTable and upsPhaseOutputPhaseTable. */
const PHASE_INPUT = `${UPS}.9.2`;
const PHASE_OUTPUT = `${UPS}.9.3`;
/** upsHighPrecBatteryPackTable. */
const PACK = `${BATTERY}.3.10.2.1`;
/** upsOutletGroupStatusTable. */
const OUTLET_GROUP = `${UPS}.12.1.2.1`;
/** uioSensorStatusTable of network management cards. */
const UIO_SENSOR = `${PRODUCTS}.25.1.2.1`;
/** iemStatusProbesTable and iemConfigProbesTable of the older cards, and their contacts. */
const IEM_PROBE = `${PRODUCTS}.10.2.3.2.1`;
const IEM_CONTACT = `${PRODUCTS}.10.2.3.4.1`;
const IEM_CONTACT_CONFIG = `${PRODUCTS}.10.2.2.4.1`;
/** emsProbeStatusTable of an Environmental Management System. */
const EMS_PROBE = `${PRODUCTS}.10.3.13.1.1`;
/** memSensorsStatusTable, memInputsStatusTable of a Modular Environmental Manager. */
const MEM_SENSOR = `${PRODUCTS}.10.4.2.3.1`;
const MEM_INPUT = `${PRODUCTS}.10.4.3.2.1`;
/** experimental: the firmware modules of a card, its operating system first. */
const FIRMWARE = `${APC}.1.4.2.4.1.4`;
const TRAP = `${APC}.0`;
/** mtrapargsString: what happened, in the card's words. */
const SAID = '{1.3.6.1.4.1.318.2.3.3}';

const TENTH = 0.1;
const UNTOLD = [-1];
/** What the high precision says as well is not said twice. */
const unless = (oid: string) => [{ oid, answers: true }];
const FAHRENHEIT = 2;
/** Not connected, or 0, or the same probe as the newer table's. */
const WITHOUT_IEM_PROBE = [{ oid: `${IEM_PROBE}.3`, is: [1] }, { below: 1 }, { oid: `${UIO_SENSOR}.6`, answers: true }];
const DISABLED_CONTACT = { oid: `${IEM_CONTACT_CONFIG}.3`, is: [1] };
const ALARM_STATES = {
  1: ['normal', 'ok'],
  2: ['warning', 'warning'],
  3: ['critical', 'critical'],
} as const;

export const profile = defineProfile({
  name: 'apc',
  title: 'APC',
  match: [{ sysObjectID: APC }],
  without: ['1.3.6.1.2.1.33'],
  identity: {
    kind: [
      { kind: 'ups', has: { oid: `${OUTPUT}.1.1.0` } },
      { kind: 'ups', has: { oid: `${UPS}.1.1.1.0` } },
      { kind: 'ups', has: { oid: `${BATTERY}.2.3.0` } },
      { kind: 'environment', sysObjectID: [`${APC}.1.3.8`, `${APC}.1.3.14`, `${APC}.1.3.18`] },
      { kind: 'environment', has: { oid: `${MEM_SENSOR}.5` } },
      { kind: 'pdu' },
    ],
    vendor: 'APC',
    model: [
      // upsBasicIdentModel, upsAdvIdentFirmwareRevision; then rPDU2, rPDU, ATS, MasterSwitch, InRow, …
      `{${UPS}.1.1.1.0} {${UPS}.1.2.1.0}`,
      `{${UPS}.1.1.1.0}`,
      `{${PRODUCTS}.12.1.5.0} {${PRODUCTS}.12.1.2.0}`,
      `{${PRODUCTS}.12.1.5.0}`,
      `{${PRODUCTS}.26.2.1.8}`,
      `{${PRODUCTS}.8.1.5.0} {${PRODUCTS}.8.1.1.0}`,
      `{${PRODUCTS}.8.1.5.0}`,
      `{${PRODUCTS}.4.1.4.0} {${PRODUCTS}.4.1.1.0}`,
      `{${PRODUCTS}.13.3.2.2.1.4.0}`,
      `{${PRODUCTS}.15.1.5.0}`,
      `{${PRODUCTS}.13.3.3.1.2.1.3.0}`,
      `{${PRODUCTS}.13.3.3.2.2.1.3.0}`,
      { from: 'sysDescr', match: '^APC (.+?) \\(.*MN: ?(\\S+)', as: '$2 $1' },
      { from: 'sysDescr', match: '^APC (.+?) \\(' },
    ],
    version: [
      `AOS {${FIRMWARE}.1} / App {${FIRMWARE}.2}`,
      { from: 'sysDescr', match: 'PF: ?(\\S+).*AF1: ?(\\S+)', as: 'AOS $1 / App $2' },
      `{${PRODUCTS}.12.1.3.0}`,
      `{${PRODUCTS}.8.1.2.0}`,
      `{${PRODUCTS}.4.1.2.0}`,
    ],
    serial: [
      `{${UPS}.1.2.3.0}`,
      `{${PRODUCTS}.12.1.6.0}`,
      `{${PRODUCTS}.26.2.1.9}`,
      `{${PRODUCTS}.8.1.6.0}`,
      `{${PRODUCTS}.4.1.5.0}`,
      `{${PRODUCTS}.13.3.2.2.1.5.0}`,
      `{${PRODUCTS}.15.1.6.0}`,
      `{${PRODUCTS}.13.3.3.1.2.1.4.0}`,
      `{${PRODUCTS}.13.3.3.2.2.1.4.0}`,
    ],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Output status',
      value: `${OUTPUT}.1.1.0`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['on line', 'ok'],
        3: ['on battery', 'warning'],
        4: ['on smart boost', 'ok'],
        5: ['timed sleeping', 'ok'],
        6: ['software bypass', 'warning'],
        7: ['off', 'critical'],
        8: ['rebooting', 'warning'],
        9: ['switched bypass', 'warning'],
        10: ['hardware failure bypass', 'critical'],
        11: ['sleeping until power return', 'warning'],
        12: ['on smart trim', 'warning'],
        13: ['eco mode', 'ok'],
        14: ['hot standby', 'ok'],
        15: ['on battery test', 'warning'],
        16: ['emergency static bypass', 'critical'],
        17: ['static bypass standby', 'warning'],
        18: ['power saving mode', 'ok'],
        19: ['spot mode', 'ok'],
        20: ['eConversion', 'ok'],
        21: ['charger spot mode', 'ok'],
        22: ['inverter spot mode', 'ok'],
        23: ['active load', 'ok'],
        24: ['battery discharge spot mode', 'ok'],
        25: ['inverter standby', 'ok'],
        26: ['charger only', 'ok'],
        27: ['distributed energy reserve', 'ok'],
        28: ['self test', 'ok'],
      },
    },
    {
      kind: 'state',
      name: 'Battery status',
      value: `${BATTERY}.1.1.0`,
      states: {
        1: ['unknown', 'unknown'],
        2: ['normal', 'ok'],
        3: ['low', 'critical'],
        4: ['in fault condition', 'critical'],
        5: ['no battery present', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'UPS battery replacement status',
      value: `${BATTERY}.2.4.0`,
      states: { 1: ['no battery needs replacing', 'ok'], 2: ['battery needs replacing', 'critical'] },
    },
    {
      // What last made it switch to battery, be it long ago.
      kind: 'state',
      name: 'Last failure cause',
      value: `${INPUT}.2.5.0`,
      states: {
        1: ['no transfer', 'ok'],
        2: ['high line voltage', 'ok'],
        3: ['brownout', 'ok'],
        4: ['blackout', 'ok'],
        5: ['small momentary sag', 'ok'],
        6: ['deep momentary sag', 'ok'],
        7: ['small momentary spike', 'ok'],
        8: ['large momentary spike', 'ok'],
        9: ['self test', 'ok'],
        10: ['rate of voltage change', 'ok'],
      },
    },
    {
      kind: 'state',
      name: 'UPS diagnostics status',
      value: `${UPS}.7.2.3.0`,
      states: {
        1: ['ok', 'ok'],
        2: ['failed', 'critical'],
        3: ['invalid test', 'warning'],
        4: ['test in progress', 'ok'],
      },
    },
    {
      kind: 'state',
      name: 'Communication with the UPS',
      value: `${UPS}.8.1.0`,
      states: { 1: ['ok', 'ok'], 2: ['no communication', 'critical'] },
    },
    { kind: 'runtime', name: 'Runtime', value: { oid: `${BATTERY}.2.3.0`, scale: 1 / 6000 } },
    { kind: 'runtime', name: 'Time on battery', value: { oid: `${BATTERY}.1.2.0`, scale: 1 / 6000 } },
    { kind: 'charge', name: 'Battery charge', value: { oid: `${BATTERY}.3.1.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'charge', name: 'Battery charge', value: `${BATTERY}.2.1.0`, skip: unless(`${BATTERY}.3.1.0`) },
    {
      kind: 'temperature',
      name: 'Internal temperature',
      value: { oid: `${BATTERY}.3.2.0`, scale: TENTH, skip: UNTOLD },
    },
    {
      kind: 'temperature',
      name: 'Internal temperature',
      value: { oid: `${BATTERY}.2.2.0`, skip: UNTOLD },
      skip: unless(`${BATTERY}.3.2.0`),
    },
    { kind: 'voltage', name: 'Battery bus', value: { oid: `${BATTERY}.3.4.0`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'voltage',
      name: 'Battery bus',
      value: { oid: `${BATTERY}.2.8.0`, skip: UNTOLD },
      skip: unless(`${BATTERY}.3.4.0`),
    },
    { kind: 'current', name: 'Battery', value: { oid: `${BATTERY}.3.5.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'count', name: 'Installed batteries', value: { oid: `${BATTERY}.2.5.0`, skip: UNTOLD } },
    {
      kind: 'count',
      name: 'Bad batteries',
      value: { oid: `${BATTERY}.2.6.0`, skip: UNTOLD },
      limits: { high: 0 },
    },
    { kind: 'temperature', name: 'Battery pack {index}', value: { oid: `${PACK}.5`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Input', value: { oid: `${INPUT}.3.1.0`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'voltage',
      name: 'Input',
      value: { oid: `${INPUT}.2.1.0`, skip: UNTOLD },
      skip: unless(`${INPUT}.3.1.0`),
    },
    { kind: 'frequency', name: 'Input', value: { oid: `${INPUT}.3.4.0`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'frequency',
      name: 'Input',
      value: { oid: `${INPUT}.2.4.0`, skip: UNTOLD },
      skip: unless(`${INPUT}.3.4.0`),
    },
    { kind: 'voltage', name: 'Output', value: { oid: `${OUTPUT}.3.1.0`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'voltage',
      name: 'Output',
      value: { oid: `${OUTPUT}.2.1.0`, skip: UNTOLD },
      skip: unless(`${OUTPUT}.3.1.0`),
    },
    { kind: 'frequency', name: 'Output', value: { oid: `${OUTPUT}.3.2.0`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'frequency',
      name: 'Output',
      value: { oid: `${OUTPUT}.2.2.0`, skip: UNTOLD },
      skip: unless(`${OUTPUT}.3.2.0`),
    },
    { kind: 'load', name: 'Load', value: { oid: `${OUTPUT}.3.3.0`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'load',
      name: 'Load',
      value: { oid: `${OUTPUT}.2.3.0`, skip: UNTOLD },
      skip: unless(`${OUTPUT}.3.3.0`),
    },
    { kind: 'current', name: 'Output', value: { oid: `${OUTPUT}.3.4.0`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'current',
      name: 'Output',
      value: { oid: `${OUTPUT}.2.4.0`, skip: UNTOLD },
      skip: unless(`${OUTPUT}.3.4.0`),
    },
    { kind: 'power', name: 'Active power', value: { oid: `${OUTPUT}.2.8.0`, skip: UNTOLD } },
    { kind: 'power_consumed', name: 'Output', value: { oid: `${OUTPUT}.3.6.0`, scale: 0.01, skip: UNTOLD } },
    // Three phases: index of the input (1 main, 2 bypass) or output module, then the phase.
    { kind: 'frequency', name: 'Input {index.1}', value: { oid: `${PHASE_INPUT}.2.1.4`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Input {index}', value: { oid: `${PHASE_INPUT}.3.1.3`, skip: UNTOLD } },
    { kind: 'current', name: 'Input {index}', value: { oid: `${PHASE_INPUT}.3.1.6`, scale: TENTH, skip: UNTOLD } },
    { kind: 'power', name: 'Input {index}', value: { oid: `${PHASE_INPUT}.3.1.9`, skip: UNTOLD } },
    {
      kind: 'frequency',
      name: 'Output {index.1}',
      value: { oid: `${PHASE_OUTPUT}.2.1.4`, scale: TENTH, skip: UNTOLD },
    },
    { kind: 'voltage', name: 'Output {index}', value: { oid: `${PHASE_OUTPUT}.3.1.3`, skip: UNTOLD } },
    { kind: 'current', name: 'Output {index}', value: { oid: `${PHASE_OUTPUT}.3.1.4`, scale: TENTH, skip: UNTOLD } },
    { kind: 'load', name: 'Output {index}', value: { oid: `${PHASE_OUTPUT}.3.1.10`, skip: UNTOLD } },
    { kind: 'power', name: 'Output {index}', value: { oid: `${PHASE_OUTPUT}.3.1.13`, skip: UNTOLD } },
    {
      kind: 'state',
      name: `{${OUTLET_GROUP}.2}`,
      value: `${OUTLET_GROUP}.3`,
      states: { 1: ['on', 'ok'], 2: ['off', 'warning'], 3: ['unknown', 'unknown'] },
    },
    {
      // Nothing is plugged where it is not above 0.
      kind: 'temperature',
      name: `{${UIO_SENSOR}.3}`,
      value: `${UIO_SENSOR}.6`,
      skip: [{ below: 1 }],
    },
    { kind: 'humidity', name: `{${UIO_SENSOR}.3}`, value: `${UIO_SENSOR}.7`, skip: [{ below: 1 }] },
    {
      kind: 'state',
      name: `{${UIO_SENSOR}.3} alarm`,
      value: `${UIO_SENSOR}.9`,
      states: ALARM_STATES,
      skip: [{ is: [4] }],
    },
    {
      kind: 'temperature',
      name: `{${IEM_PROBE}.2}`,
      value: `${IEM_PROBE}.4`,
      skip: [...WITHOUT_IEM_PROBE, { oid: `${IEM_PROBE}.5`, is: [FAHRENHEIT] }],
    },
    {
      kind: 'temperature',
      name: `{${IEM_PROBE}.2}`,
      value: { oid: `${IEM_PROBE}.4`, as: 'fahrenheit' },
      skip: [...WITHOUT_IEM_PROBE, { oid: `${IEM_PROBE}.5`, not: [FAHRENHEIT], missing: true }],
    },
    { kind: 'humidity', name: `{${IEM_PROBE}.2}`, value: `${IEM_PROBE}.6`, skip: WITHOUT_IEM_PROBE },
    {
      kind: 'state',
      name: `{${IEM_CONTACT}.2}`,
      value: `${IEM_CONTACT}.3`,
      states: { 1: ['no fault', 'ok'], 2: ['fault', 'critical'], 3: ['disabled', 'ok'] },
      skip: [DISABLED_CONTACT, { oid: `${IEM_CONTACT_CONFIG}.4`, is: [2] }],
    },
    {
      // Of those that are configured to be a warning.
      kind: 'state',
      name: `{${IEM_CONTACT}.2}`,
      value: `${IEM_CONTACT}.3`,
      states: { 1: ['no fault', 'ok'], 2: ['fault', 'warning'], 3: ['disabled', 'ok'] },
      skip: [DISABLED_CONTACT, { oid: `${IEM_CONTACT_CONFIG}.4`, not: [2], missing: true }],
    },
    {
      kind: 'temperature',
      name: `{${EMS_PROBE}.2}`,
      value: { oid: `${EMS_PROBE}.3`, skip: UNTOLD },
      skip: [{ oid: `${EMS_PROBE}.10`, is: [1] }],
      limits: {
        low: `${EMS_PROBE}.13`,
        lowWarning: `${EMS_PROBE}.5`,
        highWarning: `${EMS_PROBE}.4`,
        high: `${EMS_PROBE}.12`,
      },
    },
    {
      kind: 'humidity',
      name: `{${EMS_PROBE}.2}`,
      value: { oid: `${EMS_PROBE}.6`, skip: UNTOLD },
      skip: [{ oid: `${EMS_PROBE}.10`, is: [1] }],
    },
    {
      kind: 'temperature',
      name: `{${MEM_SENSOR}.3} {${MEM_SENSOR}.4}`,
      value: { oid: `${MEM_SENSOR}.5`, skip: UNTOLD },
      skip: [{ oid: `${PRODUCTS}.10.4.2.1.0`, is: [FAHRENHEIT] }],
    },
    {
      // memSensorsStatusSysTempUnits: 1 Celsius, 2 Fahrenheit.
      kind: 'temperature',
      name: `{${MEM_SENSOR}.3} {${MEM_SENSOR}.4}`,
      value: { oid: `${MEM_SENSOR}.5`, skip: UNTOLD, as: 'fahrenheit' },
      skip: [{ oid: `${PRODUCTS}.10.4.2.1.0`, not: [FAHRENHEIT], missing: true }],
    },
    { kind: 'humidity', name: `{${MEM_SENSOR}.3} {${MEM_SENSOR}.4}`, value: { oid: `${MEM_SENSOR}.6`, skip: [-1, 0] } },
    {
      kind: 'state',
      name: `{${MEM_SENSOR}.3} communication`,
      value: `${MEM_SENSOR}.7`,
      states: { 1: ['not installed', 'warning'], 2: ['ok', 'ok'], 3: ['lost', 'critical'] },
    },
    { kind: 'state', name: `{${MEM_SENSOR}.3} alarm`, value: `${MEM_SENSOR}.8`, states: ALARM_STATES },
    { kind: 'state', name: `{${MEM_INPUT}.3}`, value: `${MEM_INPUT}.7`, states: ALARM_STATES },
  ],
  traps: [
    {
      oid: `${TRAP}.1`,
      title: {
        fr: `Communication perdue avec l’onduleur\u202f: ${SAID}`,
        en: `Communication with the UPS lost: ${SAID}`,
      },
      severity: 'warning',
    },
    {
      oid: `${TRAP}.8`,
      title: { fr: 'Communication rétablie', en: 'Communication restored' },
      severity: 'clears',
      clears: `${TRAP}.1`,
    },
    {
      oid: `${TRAP}.2`,
      title: { fr: `Onduleur en surcharge\u202f: ${SAID}`, en: `UPS overloaded: ${SAID}` },
      severity: 'critical',
    },
    {
      oid: `${TRAP}.3`,
      title: { fr: `Autotest de l’onduleur en échec\u202f: ${SAID}`, en: `UPS self-test failed: ${SAID}` },
      severity: 'critical',
    },
    {
      oid: `${TRAP}.10`,
      title: { fr: 'Autotest réussi', en: 'Self-test passed' },
      severity: 'clears',
      clears: `${TRAP}.3`,
    },
    {
      oid: `${TRAP}.4`,
      title: { fr: 'Batterie de l’onduleur vidée', en: 'UPS battery discharged' },
      severity: 'critical',
    },
    {
      oid: `${TRAP}.5`,
      title: { fr: `Onduleur sur batterie\u202f: ${SAID}`, en: `UPS on battery: ${SAID}` },
      severity: 'warning',
    },
    {
      oid: `${TRAP}.9`,
      title: { fr: 'Courant rétabli', en: 'Power restored' },
      severity: 'clears',
      clears: `${TRAP}.5`,
    },
    { oid: `${TRAP}.7`, title: { fr: 'Batterie de l’onduleur faible', en: 'UPS battery low' }, severity: 'critical' },
    {
      oid: `${TRAP}.11`,
      title: { fr: 'Batterie de nouveau suffisante', en: 'Battery no longer low' },
      severity: 'clears',
      clears: `${TRAP}.7`,
    },
    { oid: `${TRAP}.12`, title: { fr: 'Onduleur arrêté', en: 'UPS turned off' }, severity: 'critical' },
    {
      oid: `${TRAP}.36`,
      title: { fr: 'Onduleur mis en marche', en: 'UPS turned on' },
      severity: 'clears',
      clears: `${TRAP}.12`,
    },
    {
      oid: `${TRAP}.17`,
      title: { fr: 'Batterie de l’onduleur à remplacer', en: 'UPS battery needs replacement' },
      severity: 'warning',
    },
    {
      oid: `${TRAP}.26`,
      title: { fr: 'Bypass sur panne interne', en: 'On bypass for a hardware failure' },
      severity: 'critical',
    },
    { oid: `${TRAP}.27`, title: { fr: 'Bypass commandé', en: 'On bypass by command' }, severity: 'warning' },
    { oid: `${TRAP}.28`, title: { fr: 'Bypass manuel', en: 'On bypass by its switch' }, severity: 'warning' },
    { oid: `${TRAP}.29`, title: { fr: 'Fin du bypass', en: 'Bypass over' }, severity: 'clears', clears: `${TRAP}.26` },
    { oid: `${TRAP}.31`, title: { fr: 'Panne de ventilateur', en: 'Fan failure' }, severity: 'critical' },
  ],
});
