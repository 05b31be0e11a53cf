import { defineProfile } from '../profile.ts';

/** PowerNet-MIB: air conditioning, airIR (InRow), airFM, portable, and the newer coolingUnit. */
const AIR = '1.3.6.1.4.1.318.1.1.13';
/** airIRRP100UnitStatus and airIRRP500UnitStatus, InRow RP: the same columns in both. */
const RP_UNITS = [`${AIR}.3.3.1.2.2`, `${AIR}.3.3.2.2.2`];
/** airIRRCUnitStatus, InRow RC: chilled water. */
const RC = `${AIR}.3.2.2.2`;
/** airIRG2RDT2StatusTable. */
const RD = `${AIR}.4.5.2.1`;
/** airPA, portable. */
const PORTABLE = `${AIR}.2.2`;
const FM = `${AIR}.1`;
const FM_SYSTEM = `${FM}.4`;
const FM_MODULE = `${FM}.5`;
/** coolingUnitStatusAnalogTable, coolingUnitExtendedAnalogTable: what it is, its value, its unit and scale. */
const ANALOG_TABLES = ['1.3.6.1.4.1.318.1.1.27.1.4.1.2.1', '1.3.6.1.4.1.318.1.1.27.1.6.1.2.1'];

const TENTH = 0.1;
const UNTOLD = [-1, -2147483648];
const CONTACT = { 1: ['open', 'ok'], 2: ['closed', 'critical'] } as const;
const RUNNING = { 1: ['not available', 'unknown'], 2: ['on', 'ok'], 3: ['off', 'ok'] } as const;
const ENABLED = { 1: ['not available', 'unknown'], 2: ['disabled', 'ok'], 3: ['enabled', 'ok'] } as const;

export const profile = defineProfile({
  name: 'apc-cooling',
  title: 'APC cooling',
  match: [
    ...RP_UNITS.map((unit) => `${unit}.1.0`),
    ...RP_UNITS.map((unit) => `${unit}.7.0`),
    `${RC}.7.0`,
    `${RD}.7`,
    `${PORTABLE}.10.0`,
    `${FM}.3.1.0`,
    ...ANALOG_TABLES.map((table) => `${table}.3`),
  ].map((oid) => ({ sysObjectID: '1.3.6.1.4.1.318', has: { oid } })),
  rank: 12,
  identity: { kind: 'environment' },
  sensors: [
    {
      kind: 'state',
      name: 'Unit status',
      value: `${RP_UNITS[0]}.1.0`,
      states: {
        1: ['standby', 'warning'],
        2: ['on', 'ok'],
        3: ['idle', 'warning'],
        4: ['pre-start', 'warning'],
        5: ['service', 'warning'],
        6: ['backup', 'warning'],
        7: ['assist', 'warning'],
      },
    },
    {
      kind: 'state',
      name: 'Unit status',
      value: `${RP_UNITS[1]}.1.0`,
      states: {
        1: ['standby', 'warning'],
        2: ['on', 'ok'],
        3: ['idle', 'warning'],
        4: ['pre-start', 'warning'],
        5: ['backup', 'warning'],
        6: ['assist', 'warning'],
      },
    },
    ...RP_UNITS.flatMap((unit) => [
      { kind: 'state' as const, name: 'Input state', value: `${unit}.21.0`, states: CONTACT },
      { kind: 'state' as const, name: 'Output state', value: `${unit}.22.0`, states: CONTACT },
      ...(
        [
          ['temperature', 'Rack inlet', 3],
          ['temperature', 'Supply air', 5],
          ['temperature', 'Return air', 7],
          ['humidity', 'Supply', 8],
          ['airflow', 'Air flow', 11],
          ['temperature', 'Inlet #1', 24],
          ['temperature', 'Inlet #2', 26],
          ['temperature', 'Inlet #3', 28],
          ['current', 'Humidifier', 33],
        ] as const
      ).map(([kind, name, column]) => ({
        kind,
        name,
        value: { oid: `${unit}.${column}.0`, scale: TENTH, skip: UNTOLD },
      })),
      { kind: 'percent' as const, name: 'Fan speed', value: { oid: `${unit}.12.0`, scale: TENTH, skip: UNTOLD } },
      { kind: 'power' as const, name: 'Cooling demand', value: { oid: `${unit}.13.0`, scale: 100, skip: UNTOLD } },
      { kind: 'power' as const, name: 'Cooling output', value: { oid: `${unit}.14.0`, scale: 100, skip: UNTOLD } },
    ]),
    { kind: 'voltage', name: 'Compressor drive', value: { oid: `${RP_UNITS[0]}.37.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'current', name: 'Compressor drive', value: { oid: `${RP_UNITS[0]}.38.0`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'voltage',
      name: 'Compressor drive DC link',
      value: { oid: `${RP_UNITS[0]}.39.0`, scale: TENTH, skip: UNTOLD },
    },
    {
      kind: 'temperature',
      name: 'Compressor drive heat sink',
      value: { oid: `${RP_UNITS[0]}.41.0`, scale: TENTH, skip: UNTOLD },
    },
    {
      kind: 'temperature',
      name: 'Compressor drive control card',
      value: { oid: `${RP_UNITS[0]}.43.0`, scale: TENTH, skip: UNTOLD },
    },
    ...(
      [
        ['Rack inlet', 7],
        ['Supply air', 9],
        ['Return air', 11],
        ['Entering fluid', 24],
        ['Leaving fluid', 26],
      ] as const
    ).map(([name, column]) => ({
      kind: 'temperature' as const,
      name,
      value: { oid: `${RC}.${column}.0`, scale: TENTH, skip: UNTOLD },
    })),
    { kind: 'power', name: 'Cooling output', value: { oid: `${RD}.2`, scale: 100, skip: UNTOLD } },
    { kind: 'power', name: 'Cooling demand', value: { oid: `${RD}.3`, scale: 100, skip: UNTOLD } },
    { kind: 'airflow', name: 'Air flow', value: { oid: `${RD}.5`, skip: UNTOLD } },
    { kind: 'temperature', name: 'Rack inlet', value: { oid: `${RD}.7`, scale: TENTH, skip: UNTOLD } },
    { kind: 'temperature', name: 'Supply air', value: { oid: `${RD}.9`, scale: TENTH, skip: UNTOLD } },
    { kind: 'temperature', name: 'Return air', value: { oid: `${RD}.11`, scale: TENTH, skip: UNTOLD } },
    { kind: 'temperature', name: 'Suction', value: { oid: `${RD}.13`, scale: TENTH, skip: UNTOLD } },
    { kind: 'pressure', name: 'Suction', value: { oid: `${RD}.19`, skip: UNTOLD } },
    { kind: 'pressure', name: 'Discharge', value: { oid: `${RD}.21`, skip: UNTOLD } },
    { kind: 'temperature', name: 'Supply', value: { oid: `${PORTABLE}.10.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'temperature', name: 'Return', value: { oid: `${PORTABLE}.12.0`, scale: TENTH, skip: UNTOLD } },
    { kind: 'temperature', name: 'Remote', value: { oid: `${PORTABLE}.14.0`, scale: TENTH, skip: UNTOLD } },
    {
      kind: 'state',
      name: 'Group status',
      value: `${FM}.3.1.0`,
      states: {
        1: ['online', 'ok'],
        2: ['idle', 'unknown'],
        3: ['sharing the load', 'ok'],
        4: ['offline', 'warning'],
        5: ['failed', 'critical'],
        6: ['disabled', 'unknown'],
        7: ['undefined', 'warning'],
      },
    },
    {
      kind: 'count',
      name: 'Active alarms',
      value: `${FM}.6.3.0`,
      limits: { highWarning: 0, high: 2 },
    },
    { kind: 'state', name: 'Compressor 1', value: `${FM_MODULE}.4.2.1.2`, states: RUNNING, skip: [{ is: [1] }] },
    { kind: 'state', name: 'Compressor 2', value: `${FM_MODULE}.4.2.1.3`, states: RUNNING, skip: [{ is: [1] }] },
    { kind: 'state', name: 'Cooling', value: `${FM_SYSTEM}.5.8.0`, states: ENABLED, skip: [{ is: [1] }] },
    { kind: 'state', name: 'Humidifier', value: `${FM_SYSTEM}.6.1.0`, states: ENABLED, skip: [{ is: [1] }] },
    { kind: 'state', name: 'Dehumidifier', value: `${FM_SYSTEM}.7.1.0`, states: ENABLED, skip: [{ is: [1] }] },
    { kind: 'state', name: 'Heating', value: `${FM_SYSTEM}.8.1.0`, states: ENABLED, skip: [{ is: [1] }] },
    ...(
      [
        ['temperature', 'Supply air', `${FM_MODULE}.2.2.1.2`],
        ['humidity', 'Supply air', `${FM_MODULE}.2.2.1.4`],
        ['temperature', 'Return air', `${FM_MODULE}.2.2.1.5`],
        ['humidity', 'Return air', `${FM_MODULE}.2.2.1.7`],
        ['temperature', 'Cooling set point', `${FM_SYSTEM}.5.10.0`],
        ['temperature', 'Heating set point', `${FM_SYSTEM}.8.3.0`],
        ['humidity', 'Humidifier set point', `${FM_SYSTEM}.6.3.0`],
        ['humidity', 'Dehumidifier set point', `${FM_SYSTEM}.7.3.0`],
        ['current', 'Humidifier', `${FM_MODULE}.5.2.1.3`],
        ['frequency', 'Blower 1', `${FM_MODULE}.6.2.1.4`],
        ['voltage', 'Blower 1', `${FM_MODULE}.6.2.1.10`],
        ['frequency', 'Blower 2', `${FM_MODULE}.7.2.1.4`],
        ['voltage', 'Blower 2', `${FM_MODULE}.7.2.1.10`],
      ] as const
    ).map(([kind, name, oid]) => ({ kind, name, value: { oid, scale: TENTH, skip: UNTOLD } })),
    { kind: 'pressure', name: 'Filter', value: { oid: `${FM_MODULE}.2.2.1.8`, scale: 0.001, skip: UNTOLD } },
    { kind: 'pressure', name: 'Coil', value: { oid: `${FM_MODULE}.2.2.1.10`, scale: 0.001, skip: UNTOLD } },
    { kind: 'pressure', name: 'Refrigerant, inlet', value: { oid: `${FM_MODULE}.4.2.1.4`, skip: UNTOLD } },
    { kind: 'pressure', name: 'Refrigerant, discharge', value: { oid: `${FM_MODULE}.4.2.1.6`, skip: UNTOLD } },
    ...(
      [
        ['Humidifier output', `${FM_MODULE}.5.2.1.4`],
        ['Cooling demand', `${FM_SYSTEM}.2.1.0`],
        ['Dehumidification demand', `${FM_SYSTEM}.2.2.0`],
        ['Cooling and dehumidification output', `${FM_SYSTEM}.2.3.0`],
        ['Heating demand', `${FM_SYSTEM}.2.7.0`],
        ['Heating output', `${FM_SYSTEM}.2.8.0`],
        ['Humidification demand', `${FM_SYSTEM}.2.11.0`],
      ] as const
    ).map(([name, oid]) => ({ kind: 'percent' as const, name, value: { oid, skip: UNTOLD } })),
    // Scale 10 is tenths.
    ...ANALOG_TABLES.flatMap((table) =>
      [1, 10, 100].map((scale) => ({
        kind: 'temperature' as const,
        name: `{${table}.2}`,
        value: { oid: `${table}.3`, scale: 1 / scale, skip: UNTOLD },
        skip: [
          { oid: `${table}.2`, matches: '^(?!.*temperature)' },
          { oid: `${table}.4`, not: ['C'] },
          { oid: `${table}.5`, not: [scale] },
        ],
      })),
    ),
  ],
});
