import { defineProfile } from '../profile.ts';

const VMWARE = '1.3.6.1.4.1.6876';
/** vmwProductSpec of VMWARE-SYSTEM-MIB. */
const PRODUCT = `${VMWARE}.1`;
/** entPhysicalTable: the first entity is the host. */
const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';

export const profile = defineProfile({
  name: 'vmware-esxi',
  title: 'VMware ESXi',
  match: [{ sysObjectID: `${VMWARE}.4.1` }, { sysDescr: '^VMware ESX' }],
  identity: {
    kind: 'hypervisor',
    vendor: 'VMware',
    model: [`{${ENTITY}.2}`, `{${ENTITY}.13}`],
    version: [`{${PRODUCT}.2.0}`, { from: 'sysDescr', match: 'ESXi? (\\S+)' }],
    serial: [`{${ENTITY}.11}`],
  },
});
