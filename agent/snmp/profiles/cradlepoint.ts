import { defineProfile } from '../profile.ts';
import { changes } from '../rules/alarms.ts';

// WIPIPE-MIB, and CP-SYSTEM-MIB's traps
const CRADLEPOINT = '1.3.6.1.4.1.20992';
const WIPIPE = `${CRADLEPOINT}.1`;
const MODEM = `${WIPIPE}.2.2.1`;

const modem = `{${MODEM}.2} {${MODEM}.9}`;

export const profile = defineProfile({
  name: 'cradlepoint',
  title: 'Cradlepoint',
  match: [{ sysObjectID: '1.3.6.1.4.1.20992' }, { sysDescr: '^Cradlepoint' }],
  identity: {
    kind: 'router',
    vendor: 'Cradlepoint',
    model: [{ from: 'sysDescr', match: '^Cradlepoint ([^,]+)' }],
    version: [`{${WIPIPE}.1.1.0}`, { from: 'sysDescr', match: 'Firmware Version (\\S+)' }],
  },
  facts: {
    'modem.operator': [`{${MODEM}.18}`],
    'modem.network': [`{${MODEM}.10}`],
    'modem.imei': [`{${MODEM}.20}`],
  },
  sensors: [
    {
      kind: 'state',
      name: `mdmStatus - ${modem}`,
      value: `${MODEM}.5`,
      states: {
        1: ['established', 'ok'],
        2: ['establishing', 'ok'],
        3: ['ready', 'ok'],
        4: ['error', 'critical'],
        5: ['disconnected', 'critical'],
        6: ['disconnecting', 'warning'],
        7: ['suspended', 'critical'],
        8: ['empty', 'unknown'],
        9: ['notconfigured', 'unknown'],
        10: ['userstopped', 'warning'],
      },
    },
    {
      kind: 'state',
      name: 'Firmware Upgrade Status',
      value: `${WIPIPE}.1.4.0`,
      states: {
        1: ['idle', 'ok'],
        2: ['upgrading', 'ok'],
        3: ['uptodate', 'ok'],
        4: ['updateAvail', 'warning'],
        5: ['failure', 'critical'],
      },
    },
    { kind: 'dbm', name: `Signal Strength - ${modem}`, value: { oid: `${MODEM}.4`, skip: [0] } },
    { kind: 'sinr', name: `SINR - ${modem}`, value: `${MODEM}.13` },
    { kind: 'rsrp', name: `RSRP - ${modem}`, value: { oid: `${MODEM}.14`, skip: [0] } },
    { kind: 'rsrq', name: `RSRQ - ${modem}`, value: { oid: `${MODEM}.15`, skip: [0] } },
  ],
  traps: changes(`${CRADLEPOINT}.4.1.8`, 'wanStatusChange', {
    state: `${CRADLEPOINT}.4.13`,
    over: '^[135]$',
    bad: '^[24]$',
    fr: `Accès internet {${CRADLEPOINT}.4.15} perdu`,
    en: `WAN {${CRADLEPOINT}.4.15} lost`,
    key: `{${CRADLEPOINT}.4.15}`,
  }),
});
