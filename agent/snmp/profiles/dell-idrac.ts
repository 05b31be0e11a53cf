import { defineProfile, type SensorRule, type TrapRule } from '../profile.ts';
import { instrumentation, STATUS } from '../rules/dell-instrumentation.ts';
import { state } from '../rules/state.ts';

/** IDRAC-MIB of the iDRAC 7 and later; DELL-RAC-MIB of what came before, and of a blade chassis' controller. */
const IDRAC = '1.3.6.1.4.1.674.10892.5';
const RAC = '1.3.6.1.4.1.674.10892.2';
/** rackUnit's own words: chassis health, and power and cooling of a blade chassis. */
const CHASSIS = `${RAC}.3.1`;
const CHASSIS_POWER = `${RAC}.4.1.1`;
const CHASSIS_PSU = `${RAC}.4.2.1`;
const BLADE = `${RAC}.5.1.1`;
const ID_MODULE = `${IDRAC}.4.200.10.1`;

const status = (name: string, value: string) => state(name, value, STATUS);

/** storageManagement's tables: controllers, disks, virtual disks, batteries. */
const storage = (root: string): SensorRule[] => [
  status(`{${root}.130.1.1.2}`, `${root}.130.1.1.38`),
  state(`{${root}.130.4.1.2}`, `${root}.130.4.1.4`, {
    1: ['unknown', 'unknown'],
    2: ['ready', 'ok'],
    3: ['online', 'ok'],
    4: ['foreign', 'warning'],
    5: ['offline', 'critical'],
    6: ['blocked', 'critical'],
    7: ['failed', 'critical'],
    8: ['non-RAID', 'ok'],
    9: ['removed', 'critical'],
    10: ['read-only', 'ok'],
  }),
  state(`{${root}.130.4.1.2} SMART`, `${root}.130.4.1.31`, {
    0: ['no alert', 'ok'],
    1: ['failure predicted', 'warning'],
  }),
  {
    kind: 'percent',
    name: `{${root}.130.4.1.2} Remaining Rated Write Endurance`,
    value: `${root}.130.4.1.49`,
    skip: [{ is: [255] }],
  },
  { kind: 'percent', name: `{${root}.130.4.1.2} Operation Progress`, value: `${root}.130.4.1.51` },
  state(`{${root}.140.1.1.2}`, `${root}.140.1.1.4`, {
    1: ['unknown', 'unknown'],
    2: ['online', 'ok'],
    3: ['failed', 'critical'],
    4: ['degraded', 'warning'],
  }),
  status('RAID battery {index}', `${root}.130.15.1.6`),
];

/** Notifications: alertMessage says what, alertFQDD of which part. A failure's number is two below that of its end. */
const [MESSAGE, PART] = [`${IDRAC}.3.1.2`, `${IDRAC}.3.1.6`];
const failing = (number: number, fr: string, en: string): TrapRule[] => [
  {
    oid: `${IDRAC}.3.2.1.0.${number}`,
    severity: 'critical',
    title: { fr: `${fr}\u202f: {${MESSAGE}}`, en: `${en}: {${MESSAGE}}` },
    key: `{${PART}}`,
  },
  {
    oid: `${IDRAC}.3.2.1.0.${number + 2}`,
    severity: 'clears',
    clears: `${IDRAC}.3.2.1.0.${number}`,
    title: { fr: `${fr}\u202f: retour à la normale`, en: `${en}: back to normal` },
    key: `{${PART}}`,
  },
];

export const profile = defineProfile({
  name: 'dell-idrac',
  title: 'Dell iDRAC',
  match: [{ sysObjectID: [IDRAC, RAC] }],
  identity: {
    kind: 'bmc',
    vendor: 'Dell',
    model: [`{${IDRAC}.1.3.12.0}`, `{${RAC}.1.1.2.0}`],
    version: [`{${IDRAC}.1.1.8.0}`, `{${RAC}.1.2.1.0}`],
    serial: [`{${IDRAC}.1.3.2.0}`, `{${RAC}.1.1.11.0}`],
  },
  sensors: [
    status('Global System', `${RAC}.2.1.0`),
    status('System', `${IDRAC}.2.1.0`),
    status('Storage', `${IDRAC}.2.3.0`),
    status('IDSDM Card Unit Combined', `${ID_MODULE}.58`),
    status('IDSDM Card Device Combined', `${ID_MODULE}.60`),
    ...instrumentation(`${IDRAC}.4`),
    status(`{${IDRAC}.4.1100.30.1.23}`, `${IDRAC}.4.1100.30.1.5`),
    ...storage(`${IDRAC}.5.1.20`),
    ...storage(`${RAC}.6.1.20`),

    status('IOM', `${CHASSIS}.2.0`),
    status('KVM', `${CHASSIS}.3.0`),
    status('Redundancy', `${CHASSIS}.4.0`),
    status('Power', `${CHASSIS}.5.0`),
    status('FAN', `${CHASSIS}.6.0`),
    status('Blade', `${CHASSIS}.7.0`),
    status('Temperature', `${CHASSIS}.8.0`),
    status('CMC', `${CHASSIS}.9.0`),
    { kind: 'temperature', name: 'Chassis Front Panel Temperature', value: `${CHASSIS}.10.0` },
    { kind: 'temperature', name: 'CMC Ambient Temperature', value: `${CHASSIS}.11.0` },
    { kind: 'temperature', name: 'CMC Processor Temperature', value: `${CHASSIS}.12.0` },
    { kind: 'power', name: 'Chassis {index} Potential Power', value: `${CHASSIS_POWER}.2` },
    { kind: 'power', name: 'Chassis {index} Idle Power', value: `${CHASSIS_POWER}.3` },
    { kind: 'power', name: 'Chassis {index} Max Power', value: `${CHASSIS_POWER}.4` },
    { kind: 'power', name: 'Chassis {index} Surplus Power', value: `${CHASSIS_POWER}.5` },
    { kind: 'power', name: 'Chassis {index} Peak Usage', value: `${CHASSIS_POWER}.8` },
    { kind: 'power', name: 'Chassis {index}', value: `${CHASSIS_POWER}.13` },
    { kind: 'current', name: 'Chassis {index}', value: `${CHASSIS_POWER}.14` },
    { kind: 'voltage', name: 'Chassis {index.1} PS-{index.2}', value: `${CHASSIS_PSU}.5` },
    { kind: 'current', name: 'Chassis {index.1} PS-{index.2}', value: `${CHASSIS_PSU}.6` },
    {
      ...state(`Slot {${BLADE}.5} {${BLADE}.4}`, `${BLADE}.2`, {
        1: ['absent', 'unknown'],
        2: ['none', 'unknown'],
        3: ['basic', 'ok'],
        4: ['off', 'warning'],
      }),
      skip: [{ oid: `${BLADE}.4`, is: ['N/A'] }],
    },
  ],
  traps: [
    ...failing(2153, 'Ventilateur', 'Fan'),
    ...failing(2161, 'Température', 'Temperature'),
    ...failing(2297, 'Disque', 'Disk'),
    ...failing(2465, 'Alimentation', 'Power supply'),
  ],
});
