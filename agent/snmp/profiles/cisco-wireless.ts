import { defineProfile } from '../profile.ts';

const CISCO = '1.3.6.1.4.1.9';
const AIRESPACE = '1.3.6.1.4.1.14179';
/** AIRESPACE-SWITCHING-MIB: agentInventoryGroup, agentResourceInfoGroup in kilobytes. */
const INVENTORY = `${AIRESPACE}.1.1.1`;
const RESOURCES = `${AIRESPACE}.1.1.5`;
/** AIRESPACE-WIRELESS-MIB: bsnDot11EssTable, the networks; bsnAPDisassociated and bsnAPName. */
const NETWORK = `${AIRESPACE}.2.1.1.1`;
const LOST = `${AIRESPACE}.2.6.3.8`;
const LOST_NAME = `${AIRESPACE}.2.2.1.1.3`;
/** CISCO-LWAPP-AP-MIB: ciscoLwappApAssociated and cLApName. */
const JOINED = `${CISCO}.9.513.0.4`;
const JOINED_NAME = `${CISCO}.9.513.1.1.1.1.5`;

export const profile = defineProfile({
  name: 'cisco-wireless',
  title: 'Cisco: wireless controllers (AireOS, 9800), access points',
  match: [
    { sysObjectID: AIRESPACE },
    { sysObjectID: CISCO, notSysObjectID: `${CISCO}.6.1` },
    { sysObjectID: `${CISCO}.6.1.37` },
  ],
  identity: {
    model: [`{${INVENTORY}.3.0}`],
    version: [`{${INVENTORY}.14.0}`],
    serial: [`{${INVENTORY}.4.0}`],
  },
  cpu: [{ name: 'CPU', used: `${RESOURCES}.1.0` }],
  memory: [{ name: 'Memory', total: `${RESOURCES}.2.0`, free: `${RESOURCES}.3.0`, unit: 1024 }],
  sensors: [
    { kind: 'clients', name: `SSID {${NETWORK}.2}`, value: `${NETWORK}.38` },
    { kind: 'clients', name: 'Clients', value: `${NETWORK}.38`, sum: true },
    /** clsSysApConnectCount of CISCO-LWAPP-SYS-MIB. */
    { kind: 'ap-count', name: 'Connected APs', value: `${CISCO}.9.618.1.8.4.0` },
    /** cDot11ActiveWirelessClients of CISCO-DOT11-ASSOCIATION-MIB, by ifDescr. */
    { kind: 'clients', name: '{1.3.6.1.2.1.2.2.1.2}', value: `${CISCO}.9.273.1.1.2.1.1` },
  ],
  traps: [
    {
      oid: LOST,
      title: {
        fr: `Borne perdue par le contrôleur\u202f: {${LOST_NAME}}`,
        en: `Access point lost by the controller: {${LOST_NAME}}`,
      },
      severity: 'warning',
      key: `{${LOST_NAME}}`,
    },
    {
      oid: JOINED,
      title: {
        fr: `Borne rattachée au contrôleur\u202f: {${JOINED_NAME}}`,
        en: `Access point joined the controller: {${JOINED_NAME}}`,
      },
      severity: 'clears',
      clears: LOST,
      key: `{${JOINED_NAME}}`,
    },
  ],
});
