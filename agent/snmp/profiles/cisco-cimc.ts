import { defineProfile, type SensorRule } from '../profile.ts';

/** CISCO-UNIFIED-COMPUTING MIBs: compute, equipment, memory, processor, storage. */
const UCS = '1.3.6.1.4.1.9.9.719.1';
const [BOARD, RACK_UNIT] = [`${UCS}.9.6.1`, `${UCS}.9.35.1`];
const [BOARD_POWER, BOARD_TEMPERATURE] = [`${UCS}.9.14.1`, `${UCS}.9.44.1`];
const [FAN, SUPPLY] = [`${UCS}.15.12.1`, `${UCS}.15.56.1`];
const [MEMORY, MEMORY_STATS] = [`${UCS}.30.11.1`, `${UCS}.30.12.1`];
const [CPU, CPU_STATS] = [`${UCS}.41.9.1`, `${UCS}.41.2.1`];
const [STORAGE_CONTROLLER, DISK, VIRTUAL_DRIVE, BATTERY, FLASH] = [
  `${UCS}.45.1.1`,
  `${UCS}.45.4.1`,
  `${UCS}.45.8.1`,
  `${UCS}.45.11.1`,
  `${UCS}.45.35.1`,
];

/** CucsEquipmentOperability. */
const OPERABILITY = {
  0: ['unknown', 'unknown'],
  1: ['operable', 'ok'],
  2: ['inoperable', 'critical'],
  3: ['degraded', 'warning'],
  4: ['powered off', 'warning'],
  5: ['power problem', 'critical'],
  6: ['removed', 'warning'],
  7: ['voltage problem', 'critical'],
  8: ['thermal problem', 'critical'],
  9: ['performance problem', 'warning'],
  10: ['accessibility problem', 'warning'],
  11: ['identity cannot be established', 'warning'],
  12: ['BIOS POST timed out', 'critical'],
  13: ['disabled', 'warning'],
  14: ['malformed FRU', 'warning'],
  15: ['fabric connection problem', 'warning'],
  16: ['fabric connection unsupported', 'warning'],
  81: ['being configured', 'warning'],
  82: ['equipment problem', 'critical'],
  83: ['being decommissioned', 'warning'],
  84: ['chassis limit exceeded', 'warning'],
  100: ['not supported', 'unknown'],
  101: ['being discovered', 'warning'],
  102: ['discovery failed', 'warning'],
  103: ['identify', 'ok'],
  104: ['POST failed', 'critical'],
  105: ['upgrade problem', 'warning'],
  106: ['peer communication problem', 'warning'],
  107: ['being upgraded', 'warning'],
} as const;

const operability = (name: string, value: string, skip: SensorRule['skip'] = []): SensorRule => ({
  kind: 'state',
  name,
  value,
  states: OPERABILITY,
  skip,
});
const temperature = (name: string, value: string): SensorRule => ({
  kind: 'temperature',
  name,
  value,
  skip: [{ above: 200 }],
});

export const profile = defineProfile({
  name: 'cisco-cimc',
  title: 'Cisco IMC, UCS C series',
  match: [{ sysObjectID: '1.3.6.1.4.1.9.1', sysDescr: 'Integrated Management Controller|\\bCIMC\\b' }],
  rank: 20,
  identity: {
    kind: 'bmc',
    vendor: 'Cisco',
    model: [`{${BOARD}.6}`, `{${RACK_UNIT}.32}`],
    version: [{ from: 'sysDescr', match: 'Firmware Version (\\S+\\))' }],
    serial: [`{${BOARD}.14}`, `{${RACK_UNIT}.47}`],
  },
  sensors: [
    { kind: 'current', name: 'MB Input Current', value: `${BOARD_POWER}.8` },
    { kind: 'voltage', name: 'MB Input Voltage', value: `${BOARD_POWER}.12` },
    { kind: 'power', name: 'MB Input Power', value: `${BOARD_POWER}.4` },
    temperature('Rack Unit Ambient Temperature', `${BOARD_TEMPERATURE}.4`),
    temperature('Rack Unit Front Temperature', `${BOARD_TEMPERATURE}.8`),
    temperature('IO Hub 1 Temperature', `${BOARD_TEMPERATURE}.13`),
    temperature('IO Hub 2 Temperature', `${BOARD_TEMPERATURE}.17`),
    temperature('Rack Unit Rear Temperature', `${BOARD_TEMPERATURE}.21`),
    temperature('Memory {index} Temperature', `${MEMORY_STATS}.6`),
    temperature('CPU {index} Temperature', `${CPU_STATS}.10`),
    operability('Server', `${RACK_UNIT}.43`),
    operability(`Physical Drive {${DISK}.3}`, `${DISK}.9`, [{ is: [6] }]),
    operability(`Virtual Drive {${VIRTUAL_DRIVE}.3}`, `${VIRTUAL_DRIVE}.9`),
    operability('Storage Controller {index}', `${STORAGE_CONTROLLER}.7`),
    operability('Flex Flash Controller {index}', `${FLASH}.11`),
    operability('RAID Battery {index}', `${BATTERY}.9`),
    operability(`Module {${FAN}.9}/{${FAN}.3}`, `${FAN}.10`),
    operability('Power Supply {index}', `${SUPPLY}.8`),
    operability(`{${MEMORY}.11}`, `${MEMORY}.14`, [{ is: [0] }]),
    operability(`Processor {${CPU}.3}`, `${CPU}.10`, [{ oid: `${CPU}.13`, is: [11] }]),
  ],
});
