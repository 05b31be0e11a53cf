import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/x509_cert.ts';
import { listFaults } from '../../../agent/config-faults.ts';
import type { TlsPeer } from '../../../agent/outside/network.ts';
import { createFakeContext } from '../fake-context.ts';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;
const leaf = {
  subject: 'pos.example.net',
  issuer: 'Chain CA',
  serialNumber: '0A',
  validFrom: NOW - 80 * DAY,
  validTo: NOW + 10 * DAY + 1000,
};
const authority = { ...leaf, subject: 'Chain CA', validTo: NOW + 900 * DAY };
const peer = (more: Partial<TlsPeer> = {}): TlsPeer => ({
  protocol: 'TLSv1.3',
  chain: [leaf, authority],
  isForOtherName: false,
  ...more,
});
const run = plugin.create({ server: '10.0.0.10', port: 8443, servername: 'pos.example.net', caFile: '/etc/ca.pem' });
const meeting = (answer: TlsPeer) => createFakeContext({ tlsPeer: async () => answer });

test('a good certificate: how long it is still good', async () => {
  const asked: unknown[] = [];
  const tlsPeer = async (...question: unknown[]) => {
    asked.push(...question);
    return peer();
  };
  const { points, statuses } = await run(createFakeContext({ tlsPeer }));
  expect(asked).toEqual(['10.0.0.10', 8443, { servername: 'pos.example.net', caFile: '/etc/ca.pem' }]);
  expect(points).toEqual([
    {
      m: 'x509_cert',
      t: {
        source: '10.0.0.10:8443',
        common_name: 'pos.example.net',
        issuer_common_name: 'Chain CA',
        verification: 'valid',
      },
      f: {
        startdate: (NOW - 80 * DAY) / 1000,
        enddate: (NOW + 10 * DAY) / 1000 + 1,
        age: 80 * 86_400,
        expiry: 10 * 86_400 + 1,
        days_left: 10,
        chain_days_left: 10,
        verification_code: 0,
      },
    },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test.each([
  [
    'expired',
    { chain: [{ ...leaf, validTo: NOW - 1 }], chainError: 'CERT_HAS_EXPIRED' },
    'The certificate of 10.0.0.10:8443 expired on 2027-01-15.',
  ],
  [
    'not valid yet',
    { chain: [{ ...leaf, validFrom: NOW + DAY }], chainError: 'CERT_NOT_YET_VALID' },
    'The certificate of 10.0.0.10:8443 is valid only from 2027-01-16 on.',
  ],
  [
    'an authority that has expired',
    { chain: [leaf, { ...authority, validTo: NOW - DAY }], chainError: 'CERT_HAS_EXPIRED' },
    'The certificate of 10.0.0.10:8443 depends on an authority whose own has expired.',
  ],
  [
    'unknown authority',
    { chainError: 'SELF_SIGNED_CERT_IN_CHAIN' },
    'The certificate of 10.0.0.10:8443 comes from no trusted authority (SELF_SIGNED_CERT_IN_CHAIN).',
  ],
  [
    'another name',
    { isForOtherName: true, chain: [{ ...leaf, subject: 'other.example.net' }] },
    'The certificate of 10.0.0.10:8443 is for other.example.net, not for pos.example.net.',
  ],
])('%s is critical and measured all the same', async (_, more, text) => {
  const { points, statuses } = await run(meeting(peer(more)));
  expect(points[0]).toMatchObject({ t: { verification: 'invalid' }, f: { verification_code: 1 } });
  expect(statuses).toEqual([{ check: 'the-check', status: 'critical', text }]);
});

test('a server that cannot be met', async () => {
  const tlsPeer = async () => {
    throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  };
  const { points, statuses } = await run(createFakeContext({ tlsPeer }));
  expect(points).toEqual([]);
  expect(statuses[0]?.text).toBe('No certificate could be read from 10.0.0.10:8443 (ECONNREFUSED).');
});

test('files that hold no certificate, and a pattern that finds none', async () => {
  const files = { '/etc/ssl/a.pem': 'a key', '/etc/ssl/b.key': 'x' };
  const some = await plugin.create({ files: ['/etc/ssl/*.pem'] })(createFakeContext({ files }));
  expect(some.statuses[0]?.text).toBe('No certificate could be read from /etc/ssl/a.pem (no certificate).');
  const none = await plugin.create({ files: ['/etc/ssl/*.crt'] })(createFakeContext({ files }));
  expect(none.statuses[0]).toMatchObject({ status: 'critical', text: 'No file is called like /etc/ssl/*.crt.' });
});

test('needs a server or files', () => {
  expect(listFaults(plugin.options, { port: 443 })).not.toEqual([]);
});
