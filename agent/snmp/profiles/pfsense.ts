import { defineProfile } from '../profile.ts';

/** BEGEMOT-PF-MIB: pfStatusRunning, pfStateTableCount. */
const PF = '1.3.6.1.4.1.12325.1.200.1';
const ARCHITECTURE = '\\b(amd64|aarch64|arm64|armv\\d|i386)\\b';

export const profile = defineProfile({
  name: 'pfsense',
  title: 'pfSense',
  match: [{ sysDescr: 'pfSense' }],
  identity: {
    kind: 'firewall',
    vendor: 'Netgate',
    model: [{ from: 'sysDescr', match: ARCHITECTURE }],
    version: [
      { from: 'sysDescr', match: 'pfSense(?:\\s+Plus)?(?:\\s+\\S+)?\\s+(\\d+\\.\\d\\S+)' },
      { from: 'sysDescr', match: '\\s(\\d+\\.\\d\\S*-RELEASE\\S*)' },
    ],
  },
  sensors: [
    {
      kind: 'state',
      name: 'Packet filter',
      value: `${PF}.1.1.0`,
      states: { 1: ['running', 'ok'], 2: ['stopped', 'critical'] },
    },
    { kind: 'count', name: 'Firewall states', value: `${PF}.3.1.0` },
  ],
});
