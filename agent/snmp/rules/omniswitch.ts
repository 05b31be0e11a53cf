import type { SensorRule } from '../profile.ts';
import { ENTITY_NAME } from './names.ts';

type States = NonNullable<SensorRule['states']>;

const CERTIFICATION: States = {
  1: ['unknown', 'critical'],
  2: ['needs to be certified', 'warning'],
  3: ['certified', 'ok'],
};
/** One control module alone has nothing to be out of step with. */
const SYNCHRONISATION: States = {
  1: ['unknown', 'critical'],
  2: ['one control module', 'ok'],
  3: ['not synchronised', 'warning'],
  4: ['synchronised', 'ok'],
};
const OPERATION: States = {
  1: ['up', 'ok'],
  2: ['down', 'critical'],
  3: ['testing', 'unknown'],
  4: ['unknown', 'unknown'],
  5: ['secondary', 'ok'],
  6: ['not present', 'critical'],
  7: ['unpowered', 'critical'],
  8: ['master', 'ok'],
  9: ['idle', 'ok'],
  10: ['saving power', 'ok'],
};

/**
 * What both generations of AOS have, under 6486.800 and 6486.801: the state of the control modules, of link aggregates
 * and of the chassis' parts. `told` are the parts (by a regular expression over their name) that say nothing here.
 */
export function omniswitch(root: string, { certified, told }: { certified: number; told: string }): SensorRule[] {
  const control = `${root}.1.1.1.3.1.1.1.1`;
  const aggregate = `${root}.1.2.1.13.1.1.1.1.1`;
  return [
    { kind: 'state', name: 'Configuration', value: `${control}.${certified}`, states: CERTIFICATION },
    { kind: 'state', name: 'Control modules', value: `${control}.6`, states: SYNCHRONISATION },
    {
      kind: 'state',
      name: 'Link aggregate {index}',
      value: `${aggregate}.19`,
      states: {
        1: ['one port', 'warning'],
        ...Object.fromEntries([2, 3, 4, 5, 6, 7, 8].map((ports) => [ports, [`${ports} ports`, 'ok']])),
      },
      skip: [{ is: [0] }],
    },
    {
      kind: 'state',
      name: `{${ENTITY_NAME}}`,
      value: `${root}.1.1.1.1.1.1.1.2`,
      states: OPERATION,
      skip: [{ oid: ENTITY_NAME, matches: told }],
    },
  ];
}
