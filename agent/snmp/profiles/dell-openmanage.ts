import { defineProfile } from '../profile.ts';
import { instrumentation, STATUS } from '../rules/dell-instrumentation.ts';
import { state } from '../rules/state.ts';

/** MIB-Dell-10892 and StorageManagement-MIB: OpenManage Server Administrator, on the server's own system. */
const SERVER = '1.3.6.1.4.1.674.10892.1';
const CHASSIS = `${SERVER}.300.10.1`;
const STORAGE = '1.3.6.1.4.1.674.10893.1.20';

export const profile = defineProfile({
  name: 'dell-openmanage',
  title: 'Dell OpenManage Server Administrator',
  match: [{ has: { oid: `${CHASSIS}.9` } }],
  identity: {
    kind: 'server',
    vendor: 'Dell',
    model: [`Dell {${CHASSIS}.9}`],
    serial: [`{${CHASSIS}.11}`],
  },
  sensors: [
    ...instrumentation(SERVER),
    state(`{${SERVER}.1100.32.1.7}`, `${SERVER}.1100.32.1.5`, STATUS),
    state(`{${STORAGE}.130.1.1.2}`, `${STORAGE}.130.1.1.5`, {
      1: ['ready', 'ok'],
      2: ['failed', 'critical'],
      3: ['online', 'ok'],
      4: ['offline', 'warning'],
      6: ['degraded', 'critical'],
    }),
    state(`{${STORAGE}.130.4.1.2}`, `${STORAGE}.130.4.1.4`, {
      1: ['ready', 'ok'],
      2: ['failed', 'critical'],
      3: ['online', 'ok'],
      4: ['offline', 'critical'],
      5: ['degraded', 'critical'],
      6: ['recovering', 'warning'],
      7: ['removed', 'warning'],
      8: ['non-RAID', 'unknown'],
      9: ['not ready', 'warning'],
      10: ['resynching', 'warning'],
      11: ['replacing', 'warning'],
      12: ['spinning down', 'warning'],
      13: ['rebuilding', 'warning'],
      14: ['no media', 'warning'],
      15: ['formatting', 'warning'],
      16: ['diagnostics', 'warning'],
      17: ['failure predicted', 'critical'],
      18: ['initializing', 'warning'],
      19: ['foreign', 'warning'],
      20: ['clearing', 'warning'],
      21: ['unsupported', 'critical'],
      22: ['incompatible', 'critical'],
      23: ['read-only', 'critical'],
    }),
    state(`{${STORAGE}.140.1.1.3}`, `${STORAGE}.140.1.1.4`, {
      0: ['unknown', 'unknown'],
      1: ['ready', 'ok'],
      2: ['failed', 'critical'],
      3: ['online', 'ok'],
      4: ['offline', 'critical'],
      6: ['degraded', 'critical'],
      7: ['verifying', 'warning'],
      15: ['resynching', 'warning'],
      16: ['regenerating', 'warning'],
      18: ['redundancy failed', 'critical'],
      24: ['rebuilding', 'warning'],
      26: ['formatting', 'warning'],
      32: ['reconstructing', 'warning'],
      35: ['initializing', 'warning'],
      36: ['initializing in the background', 'warning'],
      52: ['permanently degraded', 'critical'],
    }),
    state(`{${STORAGE}.130.15.1.2}`, `${STORAGE}.130.15.1.4`, {
      1: ['ready', 'ok'],
      2: ['failed', 'critical'],
      6: ['degraded', 'critical'],
      7: ['reconditioning', 'warning'],
      9: ['high', 'warning'],
      10: ['low', 'warning'],
      12: ['charging', 'warning'],
      21: ['missing', 'critical'],
      36: ['learning', 'warning'],
    }),
  ],
});
