import { defineProfile } from '../profile.ts';

const F5 = '1.3.6.1.4.1.3375';
/** F5-BIGIP-SYSTEM-MIB. */
const SYSTEM = `${F5}.2.1`;
const STATISTICS = `${SYSTEM}.1.2.1`;
const CHASSIS = `${SYSTEM}.3.2`;
const FAN = `${CHASSIS}.1.2.1`;
const SUPPLY = `${CHASSIS}.2.2.1`;
const TEMPERATURE = `${CHASSIS}.3.2.1`;
const CPU = `${SYSTEM}.7.5.2.1`;
const CLUSTER = `${SYSTEM}.14`;
/** sysGlobalHost: memory that is not the traffic manager's. */
const HOST = `${SYSTEM}.1.2.20`;

export const profile = defineProfile({
  name: 'f5',
  title: 'F5 BIG-IP',
  match: [{ sysObjectID: F5 }],
  identity: {
    kind: 'appliance',
    vendor: 'F5',
    model: [`{${SYSTEM}.3.5.2.0}`],
    version: [`{${SYSTEM}.4.2.0}`],
    serial: [`{${SYSTEM}.3.3.3.0}`],
  },
  cpu: [{ name: 'CPU {index.-1}', used: `${CPU}.35` }],
  memory: [
    { name: 'TMM', used: `${STATISTICS}.45.0`, total: `${STATISTICS}.44.0` },
    { name: 'Other', used: `${HOST}.45.0`, total: `${HOST}.44.0` },
    { name: 'Swap', used: `${HOST}.47.0`, total: `${HOST}.46.0` },
  ],
  sensors: [
    {
      kind: 'state',
      name: 'Failover',
      value: `${CLUSTER}.3.1.0`,
      states: {
        0: ['unknown', 'unknown'],
        1: ['offline', 'critical'],
        2: ['forced offline', 'critical'],
        3: ['standby', 'ok'],
        4: ['active', 'ok'],
      },
    },
    {
      kind: 'state',
      name: 'Synchronisation',
      value: `${CLUSTER}.1.1.0`,
      states: {
        0: ['unknown', 'unknown'],
        1: ['synchronising', 'ok'],
        2: ['waits to be synchronised by hand', 'warning'],
        3: ['in sync', 'ok'],
        4: ['failed', 'critical'],
        5: ['disconnected', 'critical'],
        6: ['standalone', 'ok'],
        7: ['waits for the first one', 'warning'],
        8: ['versions do not fit', 'critical'],
        9: ['partial', 'critical'],
      },
    },
    {
      kind: 'state',
      name: 'Failover lamp',
      value: `${CLUSTER}.3.3.0`,
      states: {
        0: ['green', 'ok'],
        1: ['yellow', 'warning'],
        2: ['red', 'critical'],
        3: ['blue', 'unknown'],
        4: ['grey', 'ok'],
        5: ['black', 'unknown'],
      },
    },
    {
      kind: 'state',
      name: 'Power supply {index}',
      value: `${SUPPLY}.2`,
      states: { 0: ['bad', 'critical'], 1: ['good', 'ok'], 2: ['not present', 'unknown'] },
    },
    {
      kind: 'state',
      name: 'Fan {index}',
      value: `${FAN}.2`,
      states: { 0: ['bad', 'critical'], 1: ['good', 'ok'], 2: ['not present', 'unknown'] },
    },
    { kind: 'fanspeed', name: 'Fan {index}', value: { oid: `${FAN}.3`, skip: [0] } },
    { kind: 'temperature', name: 'Chassis {index}', value: `${TEMPERATURE}.2` },
    { kind: 'temperature', name: 'CPU {index}', value: { oid: `${SYSTEM}.3.6.2.1.2`, skip: [0] } },
    { kind: 'fanspeed', name: 'CPU fan {index}', value: { oid: `${SYSTEM}.3.6.2.1.3`, skip: [0] } },
    { kind: 'count', name: 'Client connections', value: `${STATISTICS}.8.0` },
    { kind: 'count', name: 'Server connections', value: `${STATISTICS}.15.0` },
    { kind: 'count', name: 'Client connections, mean', value: `${STATISTICS}.79.0` },
    { kind: 'count', name: 'Server connections, mean', value: `${STATISTICS}.86.0` },
  ],
});
