import { defineProfile } from '../profile.ts';
import { suppliesOf } from '../rules/printer-supplies.ts';

/** RICOH-PRIVATE-MIB: ricohSysName, ricohSysVers and ricohEngSerialNum. */
const RICOH = '1.3.6.1.4.1.367';
const SYSTEM = `${RICOH}.3.2.1.1.1`;

/** A level that says: nearly empty. */
const CODES = { [-100]: 0 };

export const profile = defineProfile({
  name: 'ricoh',
  title: 'Ricoh, Lanier, NRG, Savin, Gestetner',
  match: [{ sysObjectID: RICOH }, { sysDescr: '^(?:RICOH|LANIER|NRG|SAVIN|Gestetner|NASHUATEC|Rex-Rotary|infotec) ' }],
  identity: {
    kind: 'printer',
    vendor: 'Ricoh',
    model: [`{${SYSTEM}.1.0}`, { from: 'sysDescr', match: '^(.+?) [\\d.]+ /' }],
    version: [`{${SYSTEM}.2.0}`, { from: 'sysDescr', match: ' ([\\d.]+) /' }],
    serial: [`{${RICOH}.3.2.1.2.1.4.0}`],
  },
  supplies: suppliesOf(CODES),
});
