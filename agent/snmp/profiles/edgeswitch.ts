import { defineProfile } from '../profile.ts';
import { fastpath } from '../rules/fastpath.ts';
import { ENTITY_CLASS, ENTITY_SERIAL } from '../rules/names.ts';

/** Ubiquiti's switches under Broadcom's enterprise: FASTPATH. */
const BROADCOM = '1.3.6.1.4.1.4413';
const { identity, cpu, memory, sensors } = fastpath(`${BROADCOM}.1.1`);
const DESCRIPTION = '^(EdgeSwitch[ \\w-]*|EdgePoint Switch[ \\w-]*|USW?[ \\w-]*?),? (?:firmware )?v?(\\d\\S*?)(?:,|$)';

export const profile = defineProfile({
  name: 'edgeswitch',
  title: 'Ubiquiti EdgeSwitch, UniFi Switch',
  match: [{ sysObjectID: BROADCOM }, { sysDescr: '^(?:EdgeSwitch|EdgePoint Switch|US-|USW)' }],
  identity: {
    kind: 'switch',
    vendor: 'Ubiquiti',
    model: [{ from: 'sysDescr', match: DESCRIPTION }, ...identity.model],
    version: [{ from: 'sysDescr', match: DESCRIPTION, as: '$2' }, ...identity.version],
    serial: [{ from: ENTITY_SERIAL, where: { oid: ENTITY_CLASS, is: '3' } }, ...identity.serial],
  },
  cpu,
  memory,
  sensors,
});
