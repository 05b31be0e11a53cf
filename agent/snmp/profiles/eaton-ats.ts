import { defineProfile } from '../profile.ts';

/** EATON-ATS2-MIB: an automatic transfer switch between two inputs. */
const ATS = '1.3.6.1.4.1.534.10.2';
const IDENT = `${ATS}.1`;
const INPUT = `${ATS}.2.2.1`;

const TENTH = 0.1;

export const profile = defineProfile({
  name: 'eaton-ats',
  title: 'Eaton ATS',
  match: [{ sysObjectID: '1.3.6.1.4.1.534.10' }],
  identity: {
    kind: 'pdu',
    vendor: 'Eaton',
    model: [`{${IDENT}.2.0}`],
    version: [`{${IDENT}.3.0}`],
    serial: [`{${IDENT}.5.0}`],
  },
  sensors: [
    { kind: 'voltage', name: 'Input {index}', value: { oid: `${INPUT}.2`, scale: TENTH } },
    { kind: 'frequency', name: 'Input {index}', value: { oid: `${INPUT}.3`, scale: TENTH } },
    { kind: 'voltage', name: 'Output', value: { oid: `${ATS}.2.3.1.0`, scale: TENTH } },
    { kind: 'current', name: 'Output', value: { oid: `${ATS}.2.3.2.0`, scale: TENTH } },
    {
      kind: 'state',
      name: 'Operation mode',
      value: `${ATS}.2.4.0`,
      states: {
        1: ['initialization', 'warning'],
        2: ['diagnosis', 'warning'],
        3: ['off', 'critical'],
        4: ['source 1', 'ok'],
        5: ['source 2', 'ok'],
        6: ['safe', 'warning'],
        7: ['fault', 'critical'],
      },
    },
  ],
});
