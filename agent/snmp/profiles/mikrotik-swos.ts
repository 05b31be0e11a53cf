import { defineProfile } from '../profile.ts';
import { profile as routeros } from './mikrotik.ts';

/** SwOS, the switches' smaller system: MIKROTIK-MIB's health, optics and PoE, as RouterOS has them. */
const MIKROTIK = '1.3.6.1.4.1.14988';

export const profile = defineProfile({
  name: 'mikrotik-swos',
  title: 'MikroTik SwOS',
  match: [{ sysObjectID: `${MIKROTIK}.2` }, { sysDescr: '\\bSwOS\\b' }],
  identity: {
    kind: 'switch',
    vendor: 'MikroTik',
    model: [{ from: 'sysDescr', match: '^(.*?)\\s+SwOS' }, { from: 'sysDescr' }],
    version: [`{${MIKROTIK}.1.1.7.4.0}`, { from: 'sysDescr', match: 'SwOS\\s+v?(\\S+)' }],
    serial: [`{${MIKROTIK}.1.1.7.3.0}`],
  },
  sensors: routeros.sensors ?? [],
});
