import { defineProfile } from '../profile.ts';
import { WINDOWS } from '../rules/windows.ts';

/** Microsoft's DHCP-MIB: when the service started, and of each scope the addresses in use, free, and offered. */
const DHCP = '1.3.6.1.4.1.311.1.3';
const STARTED = `${DHCP}.1.1.0`;
const SCOPE = `${DHCP}.2.1.1`;

export const profile = defineProfile({
  name: 'windows-dhcp',
  title: 'Microsoft Windows: DHCP',
  match: [{ sysObjectID: WINDOWS, has: { oid: STARTED } }],
  sensors: [
    { kind: 'count', name: 'DHCP addresses allocated - {index}', value: `${SCOPE}.2` },
    { kind: 'count', name: 'DHCP addresses free - {index}', value: `${SCOPE}.3` },
    { kind: 'count', name: 'DHCP addresses pending - {index}', value: `${SCOPE}.4` },
  ],
});
