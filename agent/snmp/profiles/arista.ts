import { defineProfile } from '../profile.ts';

/** Its sensors, CPU and memory stand in the standard MIBs. */
const ARISTA = '1.3.6.1.4.1.30065';
/** entPhysicalSerialNum of the chassis. */
const SERIAL = '1.3.6.1.2.1.47.1.1.1.1.11';

export const profile = defineProfile({
  name: 'arista',
  title: 'Arista EOS',
  match: [{ sysObjectID: ARISTA }, { sysDescr: '^Arista Networks EOS' }],
  identity: {
    kind: 'switch',
    vendor: 'Arista',
    model: [{ from: 'sysDescr', match: 'running on .*?(\\S+)\\s*$' }],
    version: [{ from: 'sysDescr', match: 'version (\\S+)' }],
    serial: [`{${SERIAL}}`],
  },
});
