import { defineProfile } from '../profile.ts';

// DRAYTEK-MIB
const DRAYTEK = '1.3.6.1.4.1.7367';

export const profile = defineProfile({
  name: 'draytek',
  title: 'DrayTek Vigor',
  match: [{ sysObjectID: DRAYTEK }, { sysDescr: '^DrayTek Corporation' }],
  identity: {
    kind: [
      { kind: 'switch', sysDescr: 'VigorSwitch' },
      { kind: 'access-point', sysDescr: 'VigorAP' },
      { kind: 'router' },
    ],
    vendor: 'DrayTek',
    model: [{ from: 'sysDescr', match: 'Model: ?([^,]+)' }],
    version: [{ from: 'sysDescr', match: 'Version: ?([^,]+)' }],
  },
  memory: [{ name: 'Memory', percent: `${DRAYTEK}.3.7.0` }],
});
