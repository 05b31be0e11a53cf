import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/hpe-ilo.ts';
import { readSnapshot } from '../read-snapshot.ts';

const HOST = '1.3.6.1.4.1.232.11.2';

test('what the host tells its iLO: memory and file systems, in megabytes', () => {
  const { memory, storage } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.232.9.4.10',
      [`${HOST}.13.1.0`]: 1000,
      [`${HOST}.13.2.0`]: 250,
      [`${HOST}.4.1.1.2.1`]: '/',
      [`${HOST}.4.1.1.3.1`]: 200,
      [`${HOST}.4.1.1.4.1`]: 20,
    },
    [profile],
  );
  expect(memory).toEqual([{ name: 'Physical Memory', usedPercent: 75, totalBytes: 1_048_576_000 }]);
  expect(storage).toMatchObject([{ name: '/', usedPercent: 10 }]);
});
