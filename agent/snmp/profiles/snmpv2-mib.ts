import { defineProfile } from '../profile.ts';

/** The notifications that every agent may send, of SNMPv2-MIB and IF-MIB. */
const TRAPS = '1.3.6.1.6.3.1.1.5';
const [COLD_START, WARM_START, LINK_DOWN, LINK_UP] = [`${TRAPS}.1`, `${TRAPS}.2`, `${TRAPS}.3`, `${TRAPS}.4`];
const IF_INDEX = '1.3.6.1.2.1.2.2.1.1';
const IF_DESCRIPTION = '1.3.6.1.2.1.2.2.1.2';

export const profile = defineProfile({
  name: 'snmpv2-mib',
  title: 'SNMPv2-MIB, IF-MIB',
  match: 'any',
  rank: 0,
  traps: [
    { oid: COLD_START, severity: 'info', title: { fr: 'Redémarrage de l’équipement', en: 'Device restarted' } },
    { oid: WARM_START, severity: 'info', title: { fr: 'Redémarrage de l’agent SNMP', en: 'SNMP agent restarted' } },
    {
      oid: LINK_DOWN,
      severity: 'warning',
      key: `{${IF_INDEX}}`,
      title: {
        fr: `Interface {${IF_INDEX}} {${IF_DESCRIPTION}}\u202f: lien coupé`,
        en: `Interface {${IF_INDEX}} {${IF_DESCRIPTION}}: link down`,
      },
    },
    {
      oid: LINK_UP,
      severity: 'clears',
      clears: LINK_DOWN,
      key: `{${IF_INDEX}}`,
      title: {
        fr: `Interface {${IF_INDEX}} {${IF_DESCRIPTION}}\u202f: lien rétabli`,
        en: `Interface {${IF_INDEX}} {${IF_DESCRIPTION}}: link up`,
      },
    },
  ],
});
