import { defineProfile } from '../profile.ts';

// ZYXEL-ES-COMMON and ZYXEL-ZYWALL-ZLD-COMMON-MIB
const COMMON = '1.3.6.1.4.1.890.1.15.3';
const ZLD = '1.3.6.1.4.1.890.1.6.22';
const VPN = `${ZLD}.2.4.1`;

/** The same system runs the access points. */
const ACCESS_POINT = '^(NWA|WAC|WAX|WBE|NAP)\\d';

export const profile = defineProfile({
  name: 'zywall',
  title: 'Zyxel ZyWALL, USG, ATP, access points',
  match: [
    { sysObjectID: ['1.3.6.1.4.1.890.1.6', '1.3.6.1.4.1.890.1.15'], sysDescr: '^(ZyWALL|USG|VPN\\d|ATP|Zyxel USG)' },
    { sysObjectID: ['1.3.6.1.4.1.890.1.6', '1.3.6.1.4.1.890.1.15'], sysDescr: ACCESS_POINT },
    { sysObjectID: ZLD },
  ],
  identity: {
    kind: [
      { kind: 'access-point', sysDescr: ACCESS_POINT },
      { kind: 'wireless-controller', sysDescr: '^NXC' },
      { kind: 'firewall' },
    ],
    vendor: 'Zyxel',
    model: [`{${COMMON}.1.11.0}`, '{sysDescr}'],
    version: [{ from: `${COMMON}.1.6.0`, match: '^(.+?)(?: ?ITS.*| \\|.*)?$' }],
    serial: [`{${COMMON}.1.12.0}`],
  },
  cpu: [{ name: 'Processor', used: `${ZLD}.1.1.0` }],
  memory: [
    { name: 'Memory', percent: `${ZLD}.1.2.0` },
    { name: 'Flash', percent: `${COMMON}.2.6.0` },
  ],
  sensors: [
    {
      kind: 'state',
      name: `vpn : {${VPN}.2}`,
      value: `${VPN}.6`,
      states: { 0: ['disconnected', 'critical'], 1: ['connected', 'ok'] },
      // switched off by hand
      skip: [{ oid: `${VPN}.5`, is: [0] }],
    },
    { kind: 'count', name: 'Sessions', value: `${ZLD}.1.6.0` },
  ],
});
