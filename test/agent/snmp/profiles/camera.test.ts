import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/camera.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'a camera without a MIB of its own',
    {
      '1.3.6.1.2.1.1.1.0': 'VIVOTEK FD9999',
    },
    { kind: 'camera' },
  ],
  [
    'a recorder',
    {
      '1.3.6.1.2.1.1.1.0': 'Network Video Recorder 16ch',
    },
    { kind: 'nvr' },
  ],
  [
    'one of Hanwha',
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.36849.1.2.45',
    },
    { kind: 'camera' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
