import { defineProfile } from '../profile.ts';

// UBNT-EdgeMAX-MIB
const EDGEMAX = '1.3.6.1.4.1.41112.1.5';
const INFO = `${EDGEMAX}.1`;
const HR_SW_RUN_PARAMETERS = '1.3.6.1.2.1.25.4.2.1.5';

export const profile = defineProfile({
  name: 'edgeos',
  title: 'Ubiquiti EdgeRouter',
  match: [
    { sysObjectID: EDGEMAX, notSysDescr: 'EdgeSwitch|UFiber|OLT' },
    {
      sysObjectID: ['1.3.6.1.4.1.41112', '1.3.6.1.4.1.8072.3.2.10', '1.3.6.1.4.1.30803'],
      sysDescr: '^Edge(OS|Router)',
    },
  ],
  identity: {
    kind: 'router',
    vendor: 'Ubiquiti',
    model: [
      // its LLDP daemon is started with the whole name
      { from: HR_SW_RUN_PARAMETERS, match: 'UBNT (.+?) running on' },
      `{${INFO}.2.0}`,
      { from: 'sysDescr', match: '^(EdgeRouter.*)$' },
    ],
    version: [{ from: 'sysDescr', match: 'v(\\d+\\.\\d+\\.\\d+)' }, `{${INFO}.3.0}`],
  },
});
