import { expect, test } from 'vitest';
import { profile as freebsd } from '../../../../agent/snmp/profiles/freebsd.ts';
import { profile } from '../../../../agent/snmp/profiles/opnsense.ts';
import { readSnapshot } from '../read-snapshot.ts';

test.each([
  'FreeBSD OPNsense.lan 13.1-RELEASE-p5 FreeBSD 13.1-RELEASE-p5 SMP amd64',
  'FreeBSD fw 13.1-RELEASE-p5 FreeBSD 13.1-RELEASE-p5 stable/22.7-n250249 SMP amd64',
])('%s', (description) => {
  const { identity } = readSnapshot({ '1.3.6.1.2.1.1.1.0': description }, [profile, freebsd]);
  expect(identity).toMatchObject({ kind: 'firewall', vendor: 'OPNsense', model: 'amd64', version: '13.1-RELEASE-p5' });
});

test('another FreeBSD is none', () => {
  const { identity } = readSnapshot({ '1.3.6.1.2.1.1.1.0': 'FreeBSD web 13.2-RELEASE FreeBSD 13.2-RELEASE amd64' }, [
    profile,
    freebsd,
  ]);
  expect(identity.kind).toBe('server');
});
