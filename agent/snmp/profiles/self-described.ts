import { defineProfile } from '../profile.ts';

/** dot1dBaseNumPorts of BRIDGE-MIB: from so many on it is what the device is for. */
const BRIDGE_PORTS = { oid: '1.3.6.1.2.1.17.1.2.0', is: '^([4-9]|\\d{2,})$' };

/** `Software Version 7.0.3`, `firmware: v2.1b`, `fw:60.7`: a number with a point in it. */
const VERSION =
  '\\b(?:(?:software|firmware|sw|fw|os)[ -]?(?:version|ver|rev)?|version|ver)[ .:=]*v?(\\d+\\.[\\w.()-]*[\\w)])';

/** What a device of any maker says it is, in words or by its ports: for those no profile knows. */
export const profile = defineProfile({
  name: 'self-described',
  title: 'sysDescr, BRIDGE-MIB',
  match: 'any',
  rank: -1,
  identity: {
    kind: [
      { kind: 'ups', sysDescr: '\\bUPS\\b|uninterruptible' },
      { kind: 'pdu', sysDescr: '\\b[ei]?PDU\\b|power distribution|(power|transfer) switch' },
      { kind: 'printer', sysDescr: '\\b(print ?server|printer|multifunction|MFP)\\b' },
      { kind: 'camera', sysDescr: '\\b(network|ip) ?camera\\b' },
      { kind: 'wireless-controller', sysDescr: '\\b(wireless|wlan|wi-?fi|access) (lan )?controller\\b' },
      { kind: 'access-point', sysDescr: '\\baccess ?point\\b|\\bwireless (lan )?ap\\b' },
      { kind: 'firewall', sysDescr: '\\b(firewall|UTM|NGFW)\\b' },
      { kind: 'nas', sysDescr: '\\bNAS\\b|network (attached )?storage' },
      { kind: 'switch', sysDescr: '\\bswitch\\b' },
      { kind: 'router', sysDescr: '\\b(router|gateway)\\b' },
      { kind: 'switch', has: BRIDGE_PORTS },
    ],
    version: [{ from: 'sysDescr', match: VERSION }],
  },
});
