/** What people know standard objects by, whose MIB is at nobody's hand. */
const NAMES: Readonly<Record<string, string>> = {
  '1.3.6.1.2.1.1.1': 'sysDescr',
  '1.3.6.1.2.1.1.5': 'sysName',
  '1.3.6.1.2.1.1.6': 'sysLocation',
  '1.3.6.1.2.1.2.2.1.1': 'ifIndex',
  '1.3.6.1.2.1.2.2.1.2': 'ifDescr',
  '1.3.6.1.2.1.2.2.1.3': 'ifType',
  '1.3.6.1.2.1.2.2.1.7': 'ifAdminStatus',
  '1.3.6.1.2.1.2.2.1.8': 'ifOperStatus',
  '1.3.6.1.2.1.31.1.1.1.1': 'ifName',
  '1.3.6.1.2.1.31.1.1.1.18': 'ifAlias',
  '1.3.6.1.2.1.47.1.1.1.1.2': 'entPhysicalDescr',
  '1.3.6.1.2.1.47.1.1.1.1.7': 'entPhysicalName',
  '1.3.6.1.2.1.99.1.1.1.4': 'entPhySensorValue',
  '1.3.6.1.2.1.17.2.15.1.1': 'dot1dStpPort',
  '1.3.6.1.2.1.15.3.1.2': 'bgpPeerState',
};
const OBJECTS = Object.entries(NAMES);

/** `ifIndex.3`; what has no such name stays a number. */
export function shortName(oid: string): string {
  const found = OBJECTS.find(([object]) => oid.startsWith(`${object}.`));
  return found ? `${found[1]}${oid.slice(found[0].length)}` : oid;
}
