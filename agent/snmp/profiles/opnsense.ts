import { defineProfile } from '../profile.ts';

/** Says FreeBSD of itself, and betrays itself by its kernel's branch (stable/21.1) or its hardened build. */
export const profile = defineProfile({
  name: 'opnsense',
  title: 'OPNsense',
  match: [{ sysDescr: 'OPNsense' }, { sysDescr: '^FreeBSD .*(-HBSD\\b|@sensey:|\\bstable/\\d\\d\\.(1|4|7|10)\\b)' }],
  identity: {
    kind: 'firewall',
    vendor: 'OPNsense',
    model: [{ from: 'sysDescr', match: '\\b(amd64|aarch64|arm64)\\s*$' }],
    version: [{ from: 'sysDescr', match: '\\s(\\d+\\.\\d\\S*-RELEASE\\S*)' }],
  },
});
