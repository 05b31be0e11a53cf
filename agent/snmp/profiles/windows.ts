import { defineProfile, type TextRule } from '../profile.ts';

const WINDOWS = '1.3.6.1.4.1.311.1.1.3.1';
const [WORKSTATION, SERVER, DOMAIN_CONTROLLER] = [`${WINDOWS}.1`, `${WINDOWS}.2`, `${WINDOWS}.3`];

/** What Windows says of itself since 8.1 is `Version 6.3`: its build tells what it is. */
const CLIENTS = {
  1381: 'NT 4.0 Workstation',
  2195: '2000 (NT 5.0)',
  2600: 'XP (NT 5.1)',
  3790: 'XP x64 (NT 5.2)',
  6000: 'Vista (NT 6.0)',
  6001: 'Vista SP1 (NT 6.0)',
  6002: 'Vista SP2 (NT 6.0)',
  7600: '7 (NT 6.1)',
  7601: '7 SP1 (NT 6.1)',
  9200: '8 (NT 6.2)',
  9600: '8.1 (NT 6.3)',
  10240: '10 (1507)',
  10586: '10 (1511)',
  14393: '10 (1607)',
  15063: '10 (1703)',
  16299: '10 (1709)',
  17134: '10 (1803)',
  17763: '10 (1809)',
  18362: '10 (1903)',
  18363: '10 (1909)',
  19041: '10 (2004)',
  19042: '10 (20H2)',
  19043: '10 (21H1)',
  19044: '10 (21H2)',
  19045: '10 (22H2)',
  22000: '11 (21H2)',
  22621: '11 (22H2)',
  22631: '11 (23H2)',
  26100: '11 (24H2)',
  26200: '11 (25H2)',
};
const SERVERS = {
  1381: 'NT Server 4.0',
  2195: '2000 Server (NT 5.0)',
  3790: 'Server 2003 (NT 5.2)',
  6001: 'Server 2008 (NT 6.0)',
  6002: 'Server 2008 SP2 (NT 6.0)',
  6003: 'Server 2008 SP2 (NT 6.0)',
  7600: 'Server 2008 R2 (NT 6.1)',
  7601: 'Server 2008 R2 SP1 (NT 6.1)',
  9200: 'Server 2012 (NT 6.2)',
  9600: 'Server 2012 R2 (NT 6.3)',
  14393: 'Server 2016 (1607)',
  16299: 'Server 2016 (1709)',
  17134: 'Server 2016 (1803)',
  17763: 'Server 2019 (1809)',
  18362: 'Server (1903)',
  18363: 'Server (1909)',
  19041: 'Server (2004)',
  19042: 'Server (20H2)',
  20348: 'Server 2022 (21H2)',
  25398: 'Server (23H2)',
  26100: 'Server 2025 (24H2)',
};
/** A domain controller says it is one by its sysObjectID, and is called Datacenter by custom. */
const DOMAIN_CONTROLLERS = {
  1381: 'NT Datacenter 4.0',
  2195: '2000 Datacenter Server (NT 5.0)',
  3790: 'Server 2003 Datacenter (NT 5.2)',
  6001: 'Server 2008 Datacenter (NT 6.0)',
  6002: 'Server 2008 Datacenter SP2 (NT 6.0)',
  6003: 'Server 2008 Datacenter SP2 (NT 6.0)',
  7600: 'Server 2008 Datacenter R2 (NT 6.1)',
  7601: 'Server 2008 Datacenter R2 SP1 (NT 6.1)',
  9200: 'Server 2012 Datacenter (NT 6.2)',
  9600: 'Server 2012 R2 Datacenter (NT 6.3)',
  14393: 'Server 2016 Datacenter (1607)',
  16299: 'Server 2016 Datacenter (1709)',
  17763: 'Server 2019 Datacenter (1809)',
  20348: 'Server 2022 Datacenter (21H2)',
  26100: 'Server 2025 Datacenter (24H2)',
};

const named = (system: string, map: Record<number, string>): TextRule => ({
  from: 'sysDescr',
  match: '\\(Build (?:Number: ?)?(\\d+)',
  where: { oid: 'sysObjectID', is: `^${system.replaceAll('.', '\\.')}$` },
  map,
});
const PROCESSORS = {
  AMD64: 'AMD x64',
  Intel64: 'Intel x64',
  EM64T: 'Intel x64',
  ARM64: 'ARM 64-bit',
  x86: 'Generic x86',
  ia64: 'Intel Itanium IA64',
};

export const profile = defineProfile({
  name: 'windows',
  title: 'Microsoft Windows',
  match: [{ sysObjectID: '1.3.6.1.4.1.311.1.1.3' }, { sysDescr: '^Hardware: .*Software: Windows' }],
  // ENTITY-SENSOR-MIB, POWER-ETHERNET-MIB, UCD-SNMP-MIB: the service of Windows has none of them.
  without: ['1.3.6.1.2.1.99', '1.3.6.1.2.1.105', '1.3.6.1.4.1.2021'],
  identity: {
    kind: 'server',
    vendor: 'Microsoft',
    model: [{ from: 'sysDescr', match: '^Hardware: (?:.* )?(\\S+) Family \\d+', map: PROCESSORS }],
    version: [
      named(WORKSTATION, CLIENTS),
      named(SERVER, SERVERS),
      named(DOMAIN_CONTROLLER, DOMAIN_CONTROLLERS),
      // one that is newer than this list
      {
        from: 'sysDescr',
        match: 'Windows (?:\\S+ )*?Version (\\S+) +\\(Build (?:Number: ?)?(\\d+)',
        as: '$1 build $2',
      },
    ],
  },
});
