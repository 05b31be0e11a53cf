import { defineProfile } from '../profile.ts';

/** FreeBSD, with Net-SNMP or its own bsnmpd. The firewalls that are built on it have profiles that count more. */
export const profile = defineProfile({
  name: 'freebsd',
  title: 'FreeBSD',
  match: [{ sysObjectID: ['1.3.6.1.4.1.8072.3.2.8', '1.3.6.1.4.1.12325.1.1.2.1'] }, { sysDescr: '^FreeBSD ' }],
  rank: 1,
  identity: {
    kind: 'server',
    vendor: 'FreeBSD',
    model: [{ from: 'sysDescr', match: '\\b(amd64|aarch64|arm64|armv\\d|i386|powerpc\\S*|riscv\\S*|mips\\S*)\\s*$' }],
    version: [{ from: 'sysDescr', match: '\\s(\\d+\\.\\d\\S*-(?:RELEASE|STABLE|CURRENT)\\S*)' }],
  },
});
