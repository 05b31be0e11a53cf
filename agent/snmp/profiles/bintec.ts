import { defineProfile } from '../profile.ts';

// BIANCA-BRICK-MIB, BIANCA-BRICK-MIBRES-MIB
const BINTEC = '1.3.6.1.4.1.272';
const ADMIN = `${BINTEC}.4.1`;
const BOARD = `${ADMIN}.17.1`;
const IDLE_LAST_MINUTE = `${BINTEC}.4.17.4.1.1.18`;

export const profile = defineProfile({
  name: 'bintec',
  title: 'bintec, be.IP, Digitalisierungsbox',
  match: [{ sysObjectID: BINTEC }],
  identity: {
    kind: 'router',
    vendor: 'bintec',
    model: [`{${BOARD}.5} {${BOARD}.3}`, `{${BOARD}.5}`],
    version: [{ from: `${ADMIN}.26.0`, match: '(V\\.?[\\d.]+\\d)' }],
    serial: [`{${BOARD}.8}`, `{${ADMIN}.31.0}`],
  },
  cpu: [{ name: 'Load Average', used: { oid: IDLE_LAST_MINUTE, as: 'rest' } }],
});
