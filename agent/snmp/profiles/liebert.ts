import { defineProfile } from '../profile.ts';
import { alarms } from '../rules/alarms.ts';

/** LIEBERT-GP-…-MIB: Liebert's, Vertiv's UPSes, rack PDUs and air conditioning. */
const LGP = '1.3.6.1.4.1.476.1.42';
const AGENT = `${LGP}.2.1`;
/** lgpAgentDeviceTable. */
const DEVICE = `${LGP}.2.4.2.1`;
const ENVIRONMENT = `${LGP}.3.4`;
/** lgpEnvTemperatureTableDegC, lgpEnvHumidityTableRel: what it is is an OID, then value, limits, set point. */
const TEMPERATURE = `${ENVIRONMENT}.1.3.3.1`;
const HUMIDITY = `${ENVIRONMENT}.2.2.3.1`;
const STATE = `${ENVIRONMENT}.3`;
const POWER = `${LGP}.3.5`;
/** lgpPwrMeasurementPointTable, lgpPwrLineMeasurementTable. */
const POINT = `${POWER}.2.2.1`;
const LINE = `${POWER}.2.3.1`;
const PDU = `${LGP}.3.8`;
/** lgpPduPsTable (inlets), its lines, branches, receptacles, probes. */
const INLET = `${PDU}.30.20.1`;
const INLET_LINE = `${PDU}.30.40.1`;
const BRANCH = `${PDU}.40.20.1`;
const RECEPTACLE = `${PDU}.50.20.1`;
const PROBE = `${PDU}.60.15.1`;
/** lgpFlexibleBasicTable: values with a label and a unit as text. */
const FLEXIBLE = `${LGP}.3.9.20.1`;

const TENTH = 0.1;
const HUNDREDTH = 0.01;
const UNTOLD = [-1, 2147483647, -2147483648, 4294967295, 65535];
const ON = { 1: ['on', 'ok'], 2: ['off', 'ok'], 3: ['standby', 'ok'] } as const;
const ALARM = { 1: ['on', 'critical'], 2: ['off', 'ok'] } as const;
const SUBSYSTEM = { 1: ['on', 'ok'], 2: ['off', 'warning'] } as const;

export const profile = defineProfile({
  name: 'liebert',
  title: 'Vertiv Liebert',
  match: [{ sysObjectID: LGP }],
  identity: {
    kind: [
      { kind: 'ups', has: { oid: '1.3.6.1.2.1.33.1.2.1.0' } },
      { kind: 'pdu', has: { oid: `${PDU}.20.1.25` } },
      { kind: 'environment', has: { oid: `${STATE}.1.0` } },
      { kind: 'ups' },
    ],
    vendor: 'Vertiv',
    model: [`{${DEVICE}.4} ({${DEVICE}.5})`, `{${DEVICE}.4}`, '{1.3.6.1.2.1.33.1.1.2.0}', `{${AGENT}.2.0}`],
    version: [`{${AGENT}.3.0}`, '{1.3.6.1.2.1.33.1.1.4.0}'],
    serial: [`{${DEVICE}.7}`, `{${AGENT}.4.0}`],
  },
  sensors: [
    // Air conditioning
    { kind: 'temperature', name: 'Temperature {index}', value: { oid: `${TEMPERATURE}.3`, skip: UNTOLD } },
    { kind: 'temperature', name: 'Set point {index}', value: { oid: `${TEMPERATURE}.6`, skip: UNTOLD } },
    { kind: 'humidity', name: 'Humidity {index}', value: { oid: `${HUMIDITY}.3`, skip: UNTOLD } },
    { kind: 'humidity', name: 'Set point {index}', value: { oid: `${HUMIDITY}.6`, skip: UNTOLD } },
    { kind: 'state', name: 'System status', value: `${STATE}.1.0`, states: { ...SUBSYSTEM, 3: ['standby', 'ok'] } },
    { kind: 'state', name: 'Cooling subsystem status', value: `${STATE}.2.0`, states: SUBSYSTEM },
    { kind: 'state', name: 'Heating subsystem status', value: `${STATE}.3.0`, states: ON },
    { kind: 'state', name: 'Humidifier subsystem status', value: `${STATE}.4.0`, states: SUBSYSTEM },
    { kind: 'state', name: 'Dehumidifier subsystem status', value: `${STATE}.5.0`, states: SUBSYSTEM },
    { kind: 'state', name: 'System fan status', value: `${STATE}.7.0`, states: SUBSYSTEM },
    { kind: 'state', name: 'General alarm status', value: `${STATE}.8.0`, states: ALARM },
    { kind: 'state', name: 'Audible alarm status', value: `${STATE}.11.0`, states: ALARM },
    {
      kind: 'state',
      name: 'Operating state reason',
      value: `${STATE}.14.0`,
      states: {
        1: ['none', 'ok'],
        2: ['local user', 'ok'],
        3: ['alarm', 'ok'],
        4: ['schedule', 'ok'],
        5: ['remote user', 'ok'],
        6: ['external device', 'ok'],
        7: ['local display', 'ok'],
      },
    },
    {
      kind: 'state',
      name: 'Operating mode',
      value: `${STATE}.15.0`,
      states: { 1: ['automatic', 'ok'], 2: ['manual', 'ok'] },
    },
    { kind: 'state', name: 'Electric heaters status', value: `${STATE}.21.0`, states: ON },
    { kind: 'state', name: 'Hot water system status', value: `${STATE}.22.0`, states: ON },
    ...(
      [
        ['Cooling capacity', 9],
        ['Heating capacity', 10],
        ['Fan capacity', 16],
        ['Free cooling capacity', 17],
        ['Dehumidifying capacity', 18],
        ['Humidifying capacity', 19],
      ] as const
    ).map(([name, place]) => ({ kind: 'percent' as const, name, value: { oid: `${STATE}.${place}.0`, skip: UNTOLD } })),
    {
      kind: 'count',
      name: 'Operating hours {index}',
      unit: 'h',
      value: { oid: `${ENVIRONMENT}.4.32.1.5`, skip: UNTOLD },
    },
    // UPS, power distribution
    { kind: 'frequency', name: 'Point {index}', value: { oid: `${POINT}.6`, skip: UNTOLD } },
    { kind: 'power', name: 'Apparent power', unit: 'VA', value: { oid: `${POINT}.7`, scale: 1000, skip: UNTOLD } },
    { kind: 'power', name: 'True power', value: { oid: `${POINT}.8`, scale: 1000, skip: UNTOLD } },
    { kind: 'power_factor', name: 'Power factor', value: { oid: `${POINT}.9`, scale: HUNDREDTH, skip: UNTOLD } },
    { kind: 'power_consumed', name: 'Total', value: { oid: `${POINT}.10`, scale: 0.001, skip: UNTOLD } },
    { kind: 'current', name: 'Neutral', value: { oid: `${POINT}.12`, skip: UNTOLD } },
    { kind: 'current', name: 'Ground', value: { oid: `${POINT}.13`, scale: TENTH, skip: UNTOLD } },
    { kind: 'voltage', name: 'Phase {index} L-L', value: { oid: `${LINE}.4`, skip: UNTOLD } },
    { kind: 'voltage', name: 'Phase {index} L-N', value: { oid: `${LINE}.5`, skip: UNTOLD } },
    { kind: 'current', name: 'Phase {index}', value: { oid: `${LINE}.6`, skip: UNTOLD } },
    { kind: 'percent', name: 'Phase {index} load', value: { oid: `${LINE}.7`, skip: UNTOLD } },
    { kind: 'percent', name: 'Phase {index} THD of voltage', value: { oid: `${LINE}.10`, scale: TENTH, skip: UNTOLD } },
    { kind: 'percent', name: 'Phase {index} THD of current', value: { oid: `${LINE}.11`, scale: TENTH, skip: UNTOLD } },
    { kind: 'count', name: 'Phase {index} K-factor', value: { oid: `${LINE}.12`, scale: TENTH, skip: UNTOLD } },
    { kind: 'count', name: 'Phase {index} crest factor', value: { oid: `${LINE}.13`, scale: TENTH, skip: UNTOLD } },
    { kind: 'power_factor', name: 'Phase {index}', value: { oid: `${LINE}.14`, scale: HUNDREDTH, skip: UNTOLD } },
    {
      kind: 'power',
      name: `{${FLEXIBLE}.10}`,
      value: { oid: `${FLEXIBLE}.20`, scale: 1000 },
      skip: [{ oid: `${FLEXIBLE}.10`, not: ['System Output Power'], missing: true }],
    },
    // Rack PDU
    {
      kind: 'state',
      name: 'System status',
      value: `${PDU}.20.1.25`,
      states: {
        1: ['normal operation', 'ok'],
        2: ['start up', 'warning'],
        4: ['unknown', 'unknown'],
        8: ['normal with warning', 'warning'],
        16: ['normal with alarm', 'critical'],
        32: ['abnormal operation', 'critical'],
        64: ['communication failure', 'critical'],
      },
    },
    { kind: 'power', name: `Total {${INLET}.15}`, value: { oid: `${INLET}.65`, skip: UNTOLD } },
    { kind: 'power', name: `Apparent power {${INLET}.15}`, unit: 'VA', value: { oid: `${INLET}.90`, skip: UNTOLD } },
    {
      kind: 'power_factor',
      name: `Total {${INLET}.15}`,
      value: { oid: `${INLET}.95`, scale: HUNDREDTH, skip: UNTOLD },
    },
    { kind: 'voltage', name: 'Line {index} L-N', value: { oid: `${INLET_LINE}.19`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'current',
      name: `Left before the alarm, branch {${BRANCH}.8}`,
      value: { oid: `${BRANCH}.150`, scale: HUNDREDTH, skip: UNTOLD },
    },
    {
      kind: 'count',
      name: `Used, branch {${BRANCH}.8}`,
      unit: '%',
      value: { oid: `${BRANCH}.160`, scale: TENTH, skip: UNTOLD },
    },
    { kind: 'voltage', name: `Outlet {index} {${RECEPTACLE}.10}`, value: { oid: `${RECEPTACLE}.55`, skip: UNTOLD } },
    {
      kind: 'current',
      name: `Outlet {index} {${RECEPTACLE}.10}`,
      value: { oid: `${RECEPTACLE}.60`, scale: TENTH, skip: UNTOLD },
    },
    { kind: 'power', name: `Outlet {index} {${RECEPTACLE}.10}`, value: { oid: `${RECEPTACLE}.65`, skip: UNTOLD } },
    {
      kind: 'power',
      name: `Outlet {index} {${RECEPTACLE}.10}, apparent`,
      unit: 'VA',
      value: { oid: `${RECEPTACLE}.70`, skip: UNTOLD },
    },
    {
      kind: 'power_factor',
      name: `Outlet {index} {${RECEPTACLE}.10}`,
      value: { oid: `${RECEPTACLE}.75`, scale: HUNDREDTH, skip: UNTOLD },
    },
    {
      kind: 'state',
      name: `Outlet {index} {${RECEPTACLE}.10}`,
      value: `${RECEPTACLE}.95`,
      states: { 0: ['unknown', 'unknown'], 1: ['off', 'ok'], 2: ['on', 'ok'] },
    },
    { kind: 'temperature', name: 'Probe {index}', value: { oid: `${PROBE}.70`, scale: TENTH, skip: UNTOLD } },
    { kind: 'humidity', name: 'Probe {index}', value: { oid: `${PROBE}.95`, scale: TENTH, skip: UNTOLD } },
  ],
  traps: alarms(`${LGP}.3.3.0`, [
    [3, 'lgpEventLowBatteryWarning', 'critical', 'Batterie de l’onduleur faible', 'UPS battery low'],
    [4, 'lgpEventLoadTransferedToBypass', 'warning', 'Onduleur en dérivation', 'UPS on bypass'],
    [5, 'lgpEventInternalFault', 'critical', 'Panne interne', 'Internal fault'],
    [6, 'lgpEventBatteryTestFailed', 'critical', 'Test de batterie en échec', 'Battery test failed'],
    [7, 'lgpEventOutputOverload', 'critical', 'Onduleur en surcharge', 'UPS overloaded'],
    [9, 'lgpEventLostPowerRedundancy', 'warning', 'Redondance électrique perdue', 'Power redundancy lost', 8],
    [10, 'lgpEventPowerModuleFailure', 'critical', 'Module de puissance en panne', 'Power module failed'],
    [11, 'lgpEventBatteryModuleFailure', 'critical', 'Module de batterie en panne', 'Battery module failed'],
    [12, 'lgpEventControlModuleFailure', 'critical', 'Module de commande en panne', 'Control module failed'],
  ]),
});
