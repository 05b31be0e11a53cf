import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cisco-stack.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const STACKWISE = '1.3.6.1.4.1.9.9.500.1';
const read = (answers: Answers) =>
  readSnapshot({ '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.9.1.9999', [`${STACKWISE}.1.3.0`]: 2, ...answers }, [profile]);
const PAIR: Answers = {
  [`${STACKWISE}.2.1.1.1.1000`]: 1,
  [`${STACKWISE}.2.1.1.3.1000`]: 1,
  [`${STACKWISE}.2.1.1.6.1000`]: 4,
  [`${STACKWISE}.2.1.1.1.2000`]: 2,
  [`${STACKWISE}.2.1.1.3.2000`]: 4,
  [`${STACKWISE}.2.1.1.6.2000`]: 6,
};

test('a stack of two with an open ring and a member of another version', () => {
  expect(
    read({ ...PAIR, [`${STACKWISE}.2.2.1.1.62`]: 2, '1.3.6.1.2.1.2.2.1.2.62': 'StackPort1/1' }).sensors,
  ).toMatchObject([
    { name: 'Stack ring redundant', status: 'critical' },
    { name: 'Stack role - switch 1', label: 'master', status: 'ok' },
    { name: 'Stack role - switch 2', label: 'standby', status: 'ok' },
    { name: 'Stack state - switch 1', status: 'ok' },
    { name: 'Stack state - switch 2', label: 'version mismatch', status: 'critical' },
    { name: 'Stack port StackPort1/1', status: 'warning' },
  ]);
});

test('a switch alone has no ring to lose', () => {
  expect(read({ [`${STACKWISE}.2.1.1.3.1000`]: 1 }).profiles).toEqual([]);
});

test('nor has a virtual pair', () => {
  const names = read({ ...PAIR, '1.3.6.1.2.1.47.1.1.1.1.7.1': 'Virtual Stack' }).sensors?.map(({ name }) => name);
  expect(names).toContain('Stack role - switch 2');
  expect(names).not.toContain('Stack ring redundant');
});
