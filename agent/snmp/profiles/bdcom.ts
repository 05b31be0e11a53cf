import { defineProfile } from '../profile.ts';

/** BDCOM: NMS-PROCESS-MIB. */
const BDCOM = '1.3.6.1.4.1.3320';

export const profile = defineProfile({
  name: 'bdcom',
  title: 'BDCOM',
  match: [{ sysObjectID: BDCOM }],
  identity: {
    kind: 'switch',
    vendor: 'BDCOM',
    model: [{ from: 'sysDescr', match: '(?:BDCOM\\S* )?\\b([A-Z]+\\d{3,}\\S*?)(?:,|\\s|$)' }],
    version: [{ from: 'sysDescr', match: 'Version ([\\w.]+)' }],
    serial: [{ from: 'sysDescr', match: 'Serial num:(\\w+)' }],
  },
  cpu: [{ name: 'Processor {index}', used: `${BDCOM}.9.109.1.1.1.1.5` }],
});
