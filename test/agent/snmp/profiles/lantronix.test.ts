import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/lantronix.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('what its description says it is', () => {
  const answers = { '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.244.1.9', '1.3.6.1.2.1.1.1.0': 'Lantronix SLC9048 V8.1.0.0' };
  expect(readSnapshot(answers, [profile]).identity).toMatchObject({
    kind: 'appliance',
    model: 'SLC9048',
    version: '8.1.0.0',
  });
});
