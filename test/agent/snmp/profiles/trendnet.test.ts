import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/trendnet.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';

test('what its description says it is, and what its probe says of its version', () => {
  const answers = { [OBJECT_ID]: 'oid:1.3.6.1.4.1.28866.2.99', [DESCR]: 'TEG-999WS v1.02' };
  expect(readSnapshot(answers, [profile]).identity).toMatchObject({
    kind: 'switch',
    model: 'TEG-999WS',
    version: '1.02',
  });
  expect(readSnapshot({ ...answers, '1.3.6.1.2.1.16.19.2.0': '9.9' }, [profile]).identity.version).toBe('9.9');
});
