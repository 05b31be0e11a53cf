import { defineProfile } from '../profile.ts';

const EAP = '1.3.6.1.4.1.11863.10.1';
const INFO = `${EAP}.10`;

export const profile = defineProfile({
  name: 'tplink-eap',
  title: 'TP-Link Omada access points',
  match: [{ sysObjectID: ['1.3.6.1.4.1.11863', '1.3.6.1.4.1.8072.3.2.10'], has: { oid: `${EAP}.1.1.0` } }],
  rank: 20,
  identity: {
    kind: 'access-point',
    vendor: 'TP-Link',
    model: [`{${INFO}.3.0}`],
    version: [`{${INFO}.5.0}`],
  },
  sensors: [{ kind: 'clients', name: 'Clients', value: `${EAP}.1.1.0` }],
});
