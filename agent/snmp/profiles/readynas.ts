import { defineProfile } from '../profile.ts';
import { WINDOWS } from '../rules/windows.ts';

/** READYNASOS-MIB: ReadyNAS OS 6. */
const READYNAS = '1.3.6.1.4.1.4526.22';
const [DISK, FAN, TEMPERATURE, VOLUME] = [`${READYNAS}.3.1`, `${READYNAS}.4.1`, `${READYNAS}.5.1`, `${READYNAS}.7.1`];
const [VERSION, SERIAL] = [`${READYNAS}.1.0`, `${READYNAS}.2.0`];

export const profile = defineProfile({
  name: 'readynas',
  title: 'NETGEAR ReadyNAS',
  match: [{ notSysObjectID: WINDOWS, has: { oid: VERSION } }],
  identity: { kind: 'nas', vendor: 'NETGEAR', version: [`{${VERSION}}`], serial: [`{${SERIAL}}`] },
  sensors: [
    {
      kind: 'state',
      name: 'Disk {index}',
      value: `${DISK}.9`,
      states: {
        ONLINE: ['online', 'ok'],
        OFFLINE: ['offline', 'critical'],
        FAILED: ['failed', 'critical'],
        DEAD: ['dead', 'critical'],
      },
    },
    { kind: 'temperature', name: 'Disk {index}', value: `${DISK}.10`, skip: [{ below: 0 }] },
    { kind: 'fanspeed', name: 'Fan {index}', value: `${FAN}.2`, skip: [{ below: 0 }] },
    { kind: 'temperature', name: 'System {index}', value: `${TEMPERATURE}.2`, skip: [{ below: 0 }] },
    {
      kind: 'state',
      name: `Volume {${VOLUME}.2}`,
      value: `${VOLUME}.4`,
      states: {
        OK: ['ok', 'ok'],
        REDUNDANT: ['redundant', 'ok'],
        UNPROTECTED: ['unprotected', 'warning'],
        DEGRADED: ['degraded', 'critical'],
        DEAD: ['dead', 'critical'],
      },
    },
  ],
});
