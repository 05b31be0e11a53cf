import { defineProfile } from '../profile.ts';

/** MERAKI-CLOUD-CONTROLLER-MIB: devTable, which the cloud answers for all devices of an organisation. */
const MERAKI = '1.3.6.1.4.1.29671';
const DEVICE = `${MERAKI}.1.1.4.1`;
/** entPhysicalSerialNum. */
const SERIAL = '1.3.6.1.2.1.47.1.1.1.1.11';

export const profile = defineProfile({
  name: 'meraki',
  title: 'Cisco Meraki',
  match: [{ sysObjectID: MERAKI }, { sysDescr: '^(Cisco )?Meraki' }],
  identity: {
    kind: [
      { kind: 'access-point', sysDescr: 'Meraki (MR|CW)' },
      { kind: 'firewall', sysDescr: 'Meraki (MX|vMX|Z\\d)' },
      { kind: 'router', sysDescr: 'Meraki MG' },
      { kind: 'camera', sysDescr: 'Meraki MV' },
      { kind: 'switch', sysDescr: 'Meraki (MS|C9)' },
      { kind: 'wireless-controller', has: { oid: `${DEVICE}.3` } },
      { kind: 'switch' },
    ],
    vendor: 'Cisco Meraki',
    model: [{ from: 'sysDescr', match: '([\\w\\-._ ]+)' }],
    serial: [`{${SERIAL}}`],
  },
  sensors: [
    {
      kind: 'state',
      name: `{${DEVICE}.2}`,
      value: `${DEVICE}.3`,
      states: { 0: ['offline', 'critical'], 1: ['online', 'ok'] },
    },
    { kind: 'clients', name: `{${DEVICE}.2}`, value: `${DEVICE}.5` },
  ],
});
