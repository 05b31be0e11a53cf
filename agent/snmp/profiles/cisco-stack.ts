import { defineProfile } from '../profile.ts';

const CISCO = '1.3.6.1.4.1.9';
/** CISCO-STACKWISE-MIB: cswGlobals, cswSwitchInfoTable, cswStackPortInfoTable. */
const STACKWISE = `${CISCO}.9.500`;
const SWITCH = `${STACKWISE}.1.2.1.1`;
const [NUMBER, ROLE, STATE] = [`${SWITCH}.1`, `${SWITCH}.3`, `${SWITCH}.6`];
/** entPhysicalName of what holds all: StackWise Virtual, a pair without a ring, calls itself so. */
const WHOLE = '1.3.6.1.2.1.47.1.1.1.1.7.1';

/** A switch that stands alone is master of itself and has no ring: it is no stack. */
export const profile = defineProfile({
  name: 'cisco-stack',
  title: 'Cisco StackWise',
  match: [{ sysObjectID: CISCO, has: { oid: ROLE, is: '2|4' } }],
  sensors: [
    {
      kind: 'state',
      name: 'Stack ring redundant',
      value: `${STACKWISE}.1.1.3.0`,
      states: { 1: ['true', 'ok'], 2: ['false', 'critical'] },
      skip: [{ oid: WHOLE, matches: 'Virtual Stack' }],
    },
    {
      kind: 'state',
      name: `Stack role - switch {${NUMBER}}`,
      value: ROLE,
      states: { 1: ['master', 'ok'], 2: ['member', 'ok'], 3: ['not a member', 'ok'], 4: ['standby', 'ok'] },
    },
    {
      kind: 'state',
      name: `Stack state - switch {${NUMBER}}`,
      value: STATE,
      states: {
        1: ['waiting', 'warning'],
        2: ['progressing', 'warning'],
        3: ['added', 'warning'],
        4: ['ready', 'ok'],
        5: ['SDM mismatch', 'critical'],
        6: ['version mismatch', 'critical'],
        7: ['feature mismatch', 'critical'],
        8: ['new master starting', 'critical'],
        9: ['provisioned', 'warning'],
        10: ['invalid', 'critical'],
        11: ['removed', 'warning'],
      },
    },
    {
      kind: 'state',
      /** ifDescr. */
      name: 'Stack port {1.3.6.1.2.1.2.2.1.2}',
      value: `${STACKWISE}.1.2.2.1.1`,
      states: { 1: ['up', 'ok'], 2: ['down', 'warning'], 3: ['forced down', 'critical'] },
    },
  ],
  traps: [
    {
      oid: `${STACKWISE}.0.0.1`,
      title: { fr: 'Un port de pile a changé d’état', en: 'A stack port changed its state' },
      severity: 'warning',
    },
    {
      oid: `${STACKWISE}.0.0.2`,
      title: { fr: 'La pile a un nouveau maître', en: 'The stack has a new master' },
      severity: 'warning',
    },
    {
      oid: `${STACKWISE}.0.0.3`,
      title: { fr: 'Un commutateur ne convient pas à la pile', en: 'A switch does not fit the stack' },
      severity: 'critical',
    },
    {
      oid: `${STACKWISE}.0.0.4`,
      title: { fr: 'La redondance de l’anneau de la pile a changé', en: 'The redundancy of the stack ring changed' },
      severity: 'warning',
    },
    {
      oid: `${STACKWISE}.0.0.5`,
      title: { fr: 'Un commutateur a rejoint la pile', en: 'A switch joined the stack' },
      severity: 'info',
    },
    {
      oid: `${STACKWISE}.0.0.6`,
      title: { fr: 'Un commutateur a quitté la pile', en: 'A switch left the stack' },
      severity: 'critical',
    },
  ],
});
