import { defineProfile } from '../profile.ts';

// NET-SNMP-EXTEND-MIB::nsExtendOutput1Line, by the name of the script: as many characters, and each of them
const OUTPUT = '1.3.6.1.4.1.8072.1.3.2.3.1.1';
const DISTRO = `${OUTPUT}.6.100.105.115.116.114.111`;
const HARDWARE = `${OUTPUT}.8.104.97.114.100.119.97.114.101`;

export const profile = defineProfile({
  name: 'openwrt',
  title: 'OpenWrt',
  match: [
    { sysObjectID: '1.3.6.1.4.1.8072.3.2.10', sysDescr: 'OpenWrt' },
    { sysObjectID: '1.3.6.1.4.1.8072.3.2.10', has: { oid: DISTRO, is: 'OpenWrt' } },
  ],
  identity: {
    kind: 'router',
    vendor: 'OpenWrt',
    model: [`{${HARDWARE}}`],
    version: [
      { from: DISTRO, match: '(\\d+\\.\\d+\\S*)' },
      { from: 'sysDescr', match: 'OpenWrt (\\S+)' },
    ],
  },
});
