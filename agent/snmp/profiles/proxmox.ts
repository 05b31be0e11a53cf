import { defineProfile } from '../profile.ts';

/** Debian with a kernel of its own; what else there is to know is told as of any Linux. */
export const profile = defineProfile({
  name: 'proxmox',
  title: 'Proxmox VE',
  match: [{ sysDescr: '^Linux .*-pve\\b' }],
  identity: { kind: 'hypervisor', vendor: 'Proxmox' },
});
