import { defineProfile } from '../profile.ts';

const WATCHGUARD = '1.3.6.1.4.1.3097';
/** WATCHGUARD-SYSTEM-STATISTICS-MIB; CPU in hundredths of a percent. */
/** WATCHGUARD-ALARM-MIB: what an alarm is about is for whoever configured it to say. */
const ALARM = `${WATCHGUARD}.2`;
const STATISTICS = `${WATCHGUARD}.6.3`;

export const profile = defineProfile({
  name: 'watchguard',
  title: 'WatchGuard Firebox',
  match: [{ sysObjectID: WATCHGUARD }],
  identity: {
    kind: 'firewall',
    vendor: 'WatchGuard',
    model: [
      { from: 'sysDescr', match: '^(?:WatchGuard )?((?:Firebox|XTM|FireboxV|[MT]\\d).*?)(?: v\\d.*|,.*)?$' },
      '{1.3.6.1.2.1.1.1.0}',
    ],
    version: [
      { from: 'sysDescr', match: '\\bv(\\d.*)' },
      { from: `${STATISTICS}.1.0`, match: '<sysa:([^>]+)>' },
      { from: `${STATISTICS}.1.0`, match: '^(\\d\\S*)' },
    ],
  },
  cpu: [{ name: 'CPU', used: { oid: `${STATISTICS}.78.0`, scale: 0.01 } }],
  sensors: [{ kind: 'count', name: 'Connections', value: `${STATISTICS}.80.0` }],
  traps: [
    {
      oid: `${ALARM}.3.0.1`,
      name: 'wgAlarmTrap',
      title: {
        fr: `Alarme du pare-feu\u202f: {${ALARM}.4.2} {${ALARM}.4.6}`,
        en: `Firewall alarm: {${ALARM}.4.2} {${ALARM}.4.6}`,
      },
      severity: 'info',
    },
  ],
});
