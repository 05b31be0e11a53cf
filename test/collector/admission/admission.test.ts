import { expect, test } from 'vitest';
import { type Asked, judgeAdmission } from '../../../collector/admission/admission.ts';
import type { AgentCertificate, EnrolToken, Stranger } from '../../../collector/ports.ts';

const NOW = 1_900_000_000_000;
const HOUR_MS = 3_600_000;

const TOKEN: EnrolToken = {
  id: 't1',
  chain: 'acme',
  store: 's1',
  kind: 'till',
  device: undefined,
  replaces: false,
  uses: 1,
  used: 0,
  at: NOW - 1000,
  by: 'zoé',
  expiresAt: NOW + HOUR_MS,
  revokedAt: undefined,
  revokedBy: undefined,
};
const OTHERS: AgentCertificate = {
  serial: '4a',
  device: 'acme/s1/till-1',
  key: 'another key',
  pem: '',
  from: 0,
  to: NOW + HOUR_MS,
  at: 0,
  token: 't0',
  usedAt: undefined,
  revoked: undefined,
};
const decided = (verdict: 'admitted' | 'refused', at = NOW - 1000) =>
  ({ decision: { verdict, at, by: 'zoé' } }) as Stranger;

const judge = (asked: Partial<Omit<Asked, 'token'>> & { token?: Partial<EnrolToken> | null } = {}) =>
  judgeAdmission({
    device: 'till-1',
    key: 'our key',
    hasStore: true,
    kind: 'till',
    certificates: [],
    stranger: undefined,
    now: NOW,
    ...asked,
    token: asked.token === null ? undefined : { ...TOKEN, ...asked.token },
  });

const admit = (more = {}) => ({ verdict: 'admit', spends: true, replaces: [], ...more });
const refuse = (reason: string) => ({ verdict: 'refuse', reason });
const quarantine = (reason: string) => ({ verdict: 'quarantine', reason });

test('a good token lets its device in', () => {
  expect(judge()).toEqual(admit());
  expect(judge({ token: { uses: 5, used: 4 } })).toEqual(admit());
});

test.each([
  ['unknown-token', { token: null }],
  ['revoked-token', { token: { revokedAt: NOW } }],
  ['expired-token', { token: { expiresAt: NOW } }],
  ['spent-token', { token: { used: 1 } }],
  ['other-device', { token: { device: 'till-2' } }],
  ['other-role', { kind: 'server' }],
  ['unknown-store', { hasStore: false, kind: undefined }],
  ['refused', { stranger: decided('refused') }],
] as const)('%s', (reason, asked) => {
  expect(judge(asked)).toEqual(refuse(reason));
});

test('a device the inventory does not have waits', () => {
  expect(judge({ kind: undefined })).toEqual(quarantine('unknown-device'));
  expect(judge({ kind: undefined, token: { device: 'till-1' } })).toEqual(quarantine('unknown-device'));
});

test('a name under which another machine lives is taken, unless the token says otherwise', () => {
  const certificates = [OTHERS];
  expect(judge({ certificates })).toEqual(quarantine('name-taken'));
  expect(judge({ certificates, token: { device: 'till-1' } })).toEqual(admit({ replaces: ['4a'] }));
  expect(judge({ certificates, token: { replaces: true } })).toEqual(admit({ replaces: ['4a'] }));
});

test('what has ended takes no name', () => {
  expect(judge({ certificates: [{ ...OTHERS, to: NOW }] })).toEqual(admit());
  expect(judge({ certificates: [{ ...OTHERS, revoked: { at: 1, by: 'zoé', reason: 'stolen' } }] })).toEqual(admit());
});

test('the same machine under its own name is no other; its former certificate ends', () => {
  expect(judge({ certificates: [{ ...OTHERS, key: 'our key' }] })).toEqual(admit({ replaces: ['4a'] }));
});

test('a machine whose answer was lost is given it again, also when the token is spent or over', () => {
  const given = { ...OTHERS, key: 'our key', token: 't1' };
  const again = { verdict: 'again', certificate: given };
  expect(judge({ certificates: [given], token: { used: 1 } })).toEqual(again);
  expect(judge({ certificates: [given], token: { used: 1, expiresAt: NOW - 1 } })).toEqual(again);
  expect(judge({ certificates: [given], token: { used: 1, revokedAt: NOW } })).toEqual(refuse('revoked-token'));
  expect(judge({ certificates: [{ ...given, key: 'another key' }], token: { used: 1 } })).toEqual(
    refuse('spent-token'),
  );
  const revoked = { ...given, revoked: { at: 1, by: 'zoé', reason: 'stolen' } };
  expect(judge({ certificates: [revoked], token: { used: 1 } })).toEqual(refuse('spent-token'));
});

test('a person’s word lets a machine in for a day, without the inventory for none', () => {
  const stranger = decided('admitted');
  expect(judge({ stranger, certificates: [OTHERS] })).toEqual(admit({ replaces: ['4a'] }));
  expect(judge({ stranger, token: { expiresAt: NOW } })).toEqual(admit({ spends: false }));
  expect(judge({ stranger, token: { used: 1 } })).toEqual(admit({ spends: false }));
  expect(judge({ stranger, kind: undefined })).toEqual(quarantine('unknown-device'));
  expect(judge({ stranger, token: { revokedAt: NOW } })).toEqual(refuse('revoked-token'));
  const yesterday = decided('admitted', NOW - 24 * HOUR_MS);
  expect(judge({ stranger: yesterday, token: { used: 1 } })).toEqual(refuse('spent-token'));
});
