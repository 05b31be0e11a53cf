import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/freebsd.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('release and architecture', () => {
  const { identity } = readSnapshot(
    { '1.3.6.1.2.1.1.1.0': 'FreeBSD nas1 13.2-RELEASE-p4 FreeBSD 13.2-RELEASE-p4 GENERIC amd64' },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'server', model: 'amd64', version: '13.2-RELEASE-p4' });
});
