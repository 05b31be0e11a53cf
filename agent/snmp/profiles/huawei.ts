import { defineProfile, type SensorRule, type Skip } from '../profile.ts';

const HUAWEI = '1.3.6.1.4.1.2011';
/** ENTITY-MIB: entPhysicalClass, Name, SerialNum, ModelName. */
const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';
const [CLASS, NAME, SERIAL, MODEL] = [`${ENTITY}.5`, `${ENTITY}.7`, `${ENTITY}.11`, `${ENTITY}.13`];
const CHASSIS = { oid: CLASS, is: '3' };

/** HUAWEI-ENTITY-EXTENT-MIB: hwEntityStateTable and hwOpticalModuleInfoTable by entity, the others by slot. */
const EXTENT = `${HUAWEI}.5.25.31.1.1`;
const STATE = `${EXTENT}.1.1`;
const [
  ADMIN,
  OPERATION,
  CPU,
  CPU_LIMIT,
  MEMORY,
  MEMORY_BYTES,
  TEMPERATURE,
  TEMPERATURE_LIMIT,
  VOLTAGE,
  MEMORY_MEGABYTES,
] = [
  `${STATE}.1`,
  `${STATE}.2`,
  `${STATE}.5`,
  `${STATE}.6`,
  `${STATE}.7`,
  `${STATE}.9`,
  `${STATE}.11`,
  `${STATE}.12`,
  `${STATE}.13`,
  `${STATE}.19`,
];
const OPTICAL = `${EXTENT}.3.1`;
const [MODE, BIAS, RX, TX, LANE_RX, LANE_TX] = [
  `${OPTICAL}.1`,
  `${OPTICAL}.7`,
  `${OPTICAL}.8`,
  `${OPTICAL}.9`,
  `${OPTICAL}.32`,
  `${OPTICAL}.33`,
];
const TEMPERATURES = `${EXTENT}.8.1`;
const VOLTAGES = `${EXTENT}.9.1`;
const FANS = `${EXTENT}.10.1`;
const SUPPLIES = `${EXTENT}.18.1`;

/** What has no such value tells the largest number, or one less. */
const NONE: readonly Skip[] = [{ is: [0] }, { above: 2147483645 }];
const ENABLED = 3;
const COPPER: Skip = { oid: MODE, is: [1] };
const NO_OPTICS = [-1, -255];
/** hwEntityAdminStatus of a port that was shut down. */
const SHUT: Skip = { oid: ADMIN, is: [12] };

/** Newer ones tell hundredths of dBm, older ones microwatts; those with several lanes in columns of their own. */
const light = (name: string, whole: string, lane: string): SensorRule[] => [
  {
    kind: 'dbm',
    name: `{${NAME}} ${name}`,
    value: { oid: whole, scale: 0.001, as: 'dbm' },
    skip: [{ below: 1 }, SHUT],
  },
  {
    kind: 'dbm',
    name: `{${NAME}} ${name}`,
    value: { oid: whole, scale: 0.01 },
    skip: [{ above: 0 }, SHUT, { oid: lane, matches: '.' }, { oid: BIAS, is: [0] }],
  },
  {
    kind: 'dbm',
    name: `{${NAME}} ${name}`,
    value: { oid: lane, scale: 0.01 },
    skip: [{ oid: whole, above: 0 }, SHUT],
  },
];

/** HUAWEI-ENERGYMNGT-MIB, in milliwatts. */
const ENERGY = `${HUAWEI}.6.157`;
const BOARD_POWER = `${ENERGY}.2.1.1.4`;
/** HUAWEI-STACK-MIB: hwStackMemberInfoTable, hwStackPortTable. */
const STACK = `${HUAWEI}.5.25.183.1`;
/** HUAWEI-WAN-MIB: hw3GTable. */
const WAN = `${HUAWEI}.5.25.241.1.2.1.1`;
const MODEM_STATUS = `${WAN}.11`;
const OFFLINE: Skip = { oid: MODEM_STATUS, not: [1] };
/** HUAWEI-WLAN-…-MIB: access points, clients by network, controllers that stand in for each other. */
const WLAN = `${HUAWEI}.6.139`;
const CLUSTER = `${WLAN}.11.1.83`;

export const profile = defineProfile({
  name: 'huawei',
  title: 'Huawei VRP: switches, routers, wireless controllers',
  match: [
    {
      sysObjectID: HUAWEI,
      sysDescr: 'VRP|Huawei|Versatile Routing Platform|Quidway|\\b(AR|S|CE|AC|AirEngine|USG)\\d',
      notSysDescr: 'iBMC|Integrated Access',
    },
  ],
  identity: {
    kind: [
      { kind: 'firewall', sysDescr: '\\b(USG|Eudemon|HiSecEngine)' },
      { kind: 'wireless-controller', sysDescr: '\\(?\\b(AC\\d{4}|AirEngine 9\\d{3})' },
      { kind: 'access-point', sysDescr: '\\b(AP\\d{4}|AirEngine [5-8]\\d{3})' },
      { kind: 'router', sysDescr: '\\b(AR\\d|NE\\d|NetEngine|ATN)' },
      { kind: 'switch' },
    ],
    vendor: 'Huawei',
    model: [
      `{${HUAWEI}.5.25.31.6.5.0}`,
      { from: 'sysDescr', match: '\\((\\S+) V\\d{3}R\\d{3}' },
      { from: MODEL, where: CHASSIS },
      { from: 'sysDescr', match: '^(?:Huawei|Quidway) (\\S*\\d\\S*)' },
      { from: NAME, where: CHASSIS },
    ],
    version: [
      { from: 'sysDescr', match: '(V\\d{3}R\\d{3}[0-9A-Z]+)' },
      { from: 'sysDescr', match: 'Version (\\S+)' },
    ],
    serial: [{ from: SERIAL, where: CHASSIS }, `{${SERIAL}}`],
  },
  facts: {
    'modem.operator': [`{${WAN}.19}`],
    'modem.network': [{ from: `${WAN}.34`, map: { 2: '3G', 3: 'LTE' } }],
    'modem.imei': [`{${WAN}.41}`],
    'modem.sim': [`{${WAN}.33}`],
  },
  cpu: [
    {
      name: `{${NAME}}`,
      used: CPU,
      skip: [
        { oid: CPU_LIMIT, is: [0] },
        { oid: OPERATION, not: [ENABLED] },
      ],
    },
  ],
  memory: [
    {
      name: `{${NAME}}`,
      percent: MEMORY,
      total: MEMORY_MEGABYTES,
      unit: 1_048_576,
      skip: [{ oid: MEMORY_MEGABYTES, is: [0], missing: true }],
    },
    {
      name: `{${NAME}}`,
      percent: MEMORY,
      total: MEMORY_BYTES,
      skip: [
        { oid: MEMORY_BYTES, is: [0] },
        { oid: MEMORY_MEGABYTES, above: 0 },
      ],
    },
  ],
  /** hwStorageTable of HUAWEI-FLASH-MAN-MIB, in kilobytes. */
  storage: [
    {
      name: `{${HUAWEI}.6.9.1.4.2.1.5}`,
      total: `${HUAWEI}.6.9.1.4.2.1.3`,
      free: `${HUAWEI}.6.9.1.4.2.1.4`,
      unit: 1024,
    },
  ],
  sensors: [
    {
      kind: 'state',
      name: 'Slot {index.1} fan {index.2}',
      value: `${FANS}.7`,
      states: { 1: ['normal', 'ok'], 2: ['abnormal', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Power supply {index}',
      value: `${SUPPLIES}.6`,
      states: {
        1: ['supplying', 'ok'],
        2: ['not supplying', 'critical'],
        3: ['asleep', 'warning'],
        4: ['unknown', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'Voltage {index}',
      value: `${VOLTAGES}.5`,
      states: { 1: ['normal', 'ok'], 2: ['minor', 'warning'], 3: ['major', 'critical'], 4: ['fatal', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Temperature {index}',
      value: `${TEMPERATURES}.5`,
      states: { 1: ['normal', 'ok'], 2: ['minor', 'warning'], 3: ['major', 'critical'], 4: ['fatal', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Stack unit {index}',
      value: `${STACK}.20.1.3`,
      states: { 1: ['master', 'ok'], 2: ['standby', 'ok'], 3: ['slave', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Stack unit {index.1} port {index.2}',
      value: `${STACK}.21.1.5`,
      states: { 1: ['up', 'ok'], 2: ['down', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Modem {index}',
      value: MODEM_STATUS,
      states: { 1: ['online', 'ok'], 4: ['offline', 'critical'] },
    },
    {
      kind: 'state',
      name: 'Modem {index} network',
      value: `${WAN}.34`,
      states: { 2: ['3G', 'ok'], 3: ['LTE', 'ok'], 7: ['unknown', 'unknown'] },
      skip: [OFFLINE],
    },
    {
      kind: 'state',
      name: 'Modem {index} service',
      value: `${WAN}.53`,
      states: {
        0: ['no service', 'critical'],
        1: ['emergency only', 'critical'],
        2: ['available', 'ok'],
        3: ['regional emergency only', 'critical'],
        4: ['saving power', 'unknown'],
      },
      skip: [OFFLINE],
    },
    {
      kind: 'state',
      name: 'Controller synchronisation',
      value: `${CLUSTER}.5.4.0`,
      states: { 1: ['disabled', 'unknown'], 2: ['enabled', 'ok'] },
    },
    {
      kind: 'state',
      name: 'Controller {index} redundancy',
      value: `${CLUSTER}.6.1.7`,
      states: {
        1: ['down', 'critical'],
        2: ['up', 'ok'],
        3: ['key mismatch', 'critical'],
        4: ['version mismatch', 'critical'],
        5: ['configuration mismatch', 'critical'],
        6: ['device mismatch', 'critical'],
        7: ['initial', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'Controller {index} role',
      value: `${CLUSTER}.6.1.4`,
      states: { 1: ['master', 'ok'], 2: ['slave', 'ok'], 3: ['backup', 'ok'] },
    },
    {
      kind: 'temperature',
      name: `{${NAME}}`,
      value: TEMPERATURE,
      limits: { high: { oid: TEMPERATURE_LIMIT, skip: [0] } },
      skip: NONE,
    },
    {
      kind: 'temperature',
      name: `{${NAME}}`,
      value: `${OPTICAL}.5`,
      skip: [COPPER, { below: -50 }, { above: 2147483645 }],
    },
    { kind: 'temperature', name: 'Sensor {index}', value: `${TEMPERATURES}.6` },
    { kind: 'voltage', name: `{${NAME}}`, value: { oid: VOLTAGE, scale: 0.001 }, skip: NONE },
    {
      kind: 'voltage',
      name: `{${NAME}}`,
      value: { oid: `${OPTICAL}.6`, scale: 0.001, skip: NO_OPTICS },
      skip: [COPPER],
    },
    { kind: 'voltage', name: 'Power supply {index}', value: { oid: `${SUPPLIES}.8`, scale: 0.001 } },
    { kind: 'voltage', name: 'Sensor {index}', value: { oid: `${VOLTAGES}.7`, scale: 0.001 } },
    /** Microamperes; some tell milliamperes, which are never a thousand. */
    {
      kind: 'current',
      name: `{${NAME}}`,
      value: { oid: BIAS, scale: 0.000001, skip: NO_OPTICS },
      skip: [COPPER, { below: 1000 }],
    },
    {
      kind: 'current',
      name: `{${NAME}}`,
      value: { oid: BIAS, scale: 0.001, skip: NO_OPTICS },
      skip: [COPPER, { above: 999 }],
    },
    { kind: 'current', name: 'Power supply {index}', value: { oid: `${SUPPLIES}.7`, scale: 0.001 } },
    ...light('Rx', RX, LANE_RX),
    ...light('Tx', TX, LANE_TX),
    { kind: 'percent', name: 'Slot {index.1} fan {index.2}', value: `${FANS}.5` },
    { kind: 'power', name: 'Average power', value: { oid: `${ENERGY}.1.3.0`, scale: 0.001 } },
    { kind: 'power', name: 'Power', value: { oid: `${ENERGY}.1.6.0`, scale: 0.001 } },
    { kind: 'power', name: `{${NAME}}`, value: { oid: BOARD_POWER, scale: 0.001, skip: [-1] } },
    { kind: 'rssi', name: 'Modem {index} RSSI', value: `${WAN}.35`, skip: [OFFLINE] },
    { kind: 'rsrp', name: 'Modem {index} RSRP', value: `${WAN}.38`, skip: [OFFLINE] },
    { kind: 'rsrq', name: 'Modem {index} RSRQ', value: `${WAN}.40`, skip: [OFFLINE] },
    { kind: 'runtime', name: 'Modem {index} uptime', value: { oid: `${WAN}.55`, scale: 1 / 6000 }, skip: [OFFLINE] },
    { kind: 'ap-count', name: 'Access points', value: `${WLAN}.12.1.2.1.0` },
    { kind: 'clients', name: 'Clients 2.4 GHz', value: `${WLAN}.17.1.2.1.2`, sum: true },
    { kind: 'clients', name: 'Clients 5 GHz', value: `${WLAN}.17.1.2.1.3`, sum: true },
    { kind: 'clients', name: 'SSID {index} 2.4 GHz', value: `${WLAN}.17.1.2.1.2` },
    { kind: 'clients', name: 'SSID {index} 5 GHz', value: `${WLAN}.17.1.2.1.3` },
  ],
});
