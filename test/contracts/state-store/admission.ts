import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AdmissionStore, AgentCertificate, EnrolToken, Seen } from '../../../collector/ports.ts';
import type { OpenedStateStore, OpenStateStore } from './fixtures.ts';

const YEAR_MS = 366 * 86_400_000;
const NOW = 1_900_000_000_000;

const token = (id: string, more: Partial<EnrolToken> = {}): EnrolToken & { hash: string } => ({
  id,
  hash: id.padEnd(64, '0'),
  chain: 'acme',
  store: 's1',
  kind: 'till',
  device: undefined,
  replaces: false,
  uses: 1,
  used: 0,
  at: NOW,
  by: 'zoé',
  expiresAt: NOW + 3_600_000,
  revokedAt: undefined,
  revokedBy: undefined,
  ...more,
});
const told = ({ hash: _, ...rest }: EnrolToken & { hash: string }): EnrolToken => rest;

const certificate = (serial: string, more: Partial<AgentCertificate> = {}): AgentCertificate => ({
  serial,
  device: 'acme/s1/till-1',
  key: 'ab'.repeat(32),
  pem: '-----BEGIN CERTIFICATE-----\n',
  from: NOW - 3_600_000,
  to: NOW + YEAR_MS / 4,
  at: NOW,
  token: undefined,
  usedAt: undefined,
  revoked: undefined,
  ...more,
});

const seen = (device: string, more: Partial<Seen> = {}): Seen => ({
  device: `acme/s1/${device}`,
  key: 'cd'.repeat(32),
  reason: 'unknown-device',
  kind: 'till',
  token: 't1',
  address: '192.0.2.7',
  facts: { hostname: 'caisse-é', os: 'Debian "12"' },
  certificate: undefined,
  at: NOW,
  ...more,
});

export function admissionContract(open: OpenStateStore): void {
  describe('admission', () => {
    let opened: OpenedStateStore;
    let store: AdmissionStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store.admission;
    });
    afterEach(() => opened.destroy());
    const reopen = async () => {
      store = (await opened.reopen()).store.admission;
    };

    test('the first certificate of the authority is kept, also when two give theirs at once', async () => {
      const [one, other] = await Promise.all([store.keepAuthority('first'), store.keepAuthority('second')]);
      expect(one).toBe(other);
      await reopen();
      expect(await store.keepAuthority('third')).toBe(one);
    });

    test('a token is found by its hash alone, listed newest first, revoked once', async () => {
      const [old, young] = [token('t1'), token('t2', { at: NOW + 1, device: 'till-9', replaces: true, uses: 5 })];
      await store.saveToken(old);
      await store.saveToken(young);
      await reopen();
      expect(await store.tokenByHash(young.hash)).toEqual(told(young));
      expect(await store.tokenByHash('t2')).toBeUndefined();
      expect(await store.tokens(9)).toEqual([told(young), told(old)]);
      expect(await store.tokens(1)).toEqual([told(young)]);
      expect(await store.revokeToken('t1', { at: NOW + 5, by: 'zoé' })).toBe(true);
      expect(await store.revokeToken('t1', { at: NOW + 9, by: 'other' })).toBe(false);
      expect(await store.revokeToken('none', { at: NOW, by: 'zoé' })).toBe(false);
      expect(await store.tokenByHash(old.hash)).toEqual({ ...told(old), revokedAt: NOW + 5, revokedBy: 'zoé' });
    });

    test('tokens that ended more than a year ago are forgotten', async () => {
      await store.saveToken(token('t1', { expiresAt: NOW }));
      await store.saveToken(token('t2', { at: NOW + YEAR_MS }));
      expect(await store.tokens(9)).toHaveLength(2);
      await store.saveToken(token('t3', { at: NOW + YEAR_MS + 1 }));
      expect((await store.tokens(9)).map(({ id }) => id)).toEqual(['t3', 't2']);
    });

    test('a token pays for as many certificates as it has uses, whoever is first', async () => {
      await store.saveToken(token('t1', { uses: 2 }));
      const issue = (serial: string) =>
        store.issue({ certificate: certificate(serial, { token: 't1' }), spends: 't1', replaces: [], by: 'system' });
      const done = await Promise.all(['01', '02', '03'].map(issue));
      expect(done.filter(Boolean)).toHaveLength(2);
      expect(await store.certificates()).toHaveLength(2);
      expect((await store.tokens(1))[0]?.used).toBe(2);
    });

    test('a revoked token pays for none', async () => {
      await store.saveToken(token('t1'));
      await store.revokeToken('t1', { at: NOW, by: 'zoé' });
      const issued = store.issue({ certificate: certificate('01'), spends: 't1', replaces: [], by: 'system' });
      expect(await issued).toBe(false);
      expect(await store.certificate('01')).toBeUndefined();
    });

    test('a certificate is kept as it is, and what it replaces is revoked with it', async () => {
      const old = certificate('01', { usedAt: NOW - 5 });
      const other = certificate('02', { device: 'acme/s1/till-2' });
      for (const each of [old, other]) await store.issue({ certificate: each, replaces: [], by: 'system' });
      await store.issue({ certificate: certificate('03', { at: NOW + 7 }), replaces: ['01'], by: 'zoé' });
      await reopen();
      const revoked = { at: NOW + 7, by: 'zoé', reason: 'replaced' };
      expect(await store.certificate('01')).toEqual({ ...old, revoked });
      expect(await store.certificates('acme/s1/till-1')).toEqual([
        { ...old, revoked },
        certificate('03', { at: NOW + 7 }),
      ]);
      expect((await store.certificates()).map(({ serial }) => serial)).toEqual(['01', '03', '02']);
    });

    test('all good certificates of a device are revoked together, once, and no others', async () => {
      for (const each of [
        certificate('01', { to: NOW + 5 }),
        certificate('02'),
        certificate('03'),
        certificate('04', { device: 'acme/s1/till-2' }),
      ]) {
        await store.issue({ certificate: each, replaces: [], by: 'system' });
      }
      const end = { at: NOW + 5, by: 'zoé', reason: 'stolen' };
      expect((await store.revokeAll('acme/s1/till-1', end)).sort()).toEqual(['02', '03']);
      expect(await store.revokeAll('acme/s1/till-1', { ...end, reason: 'again' })).toEqual([]);
      await reopen();
      expect((await store.certificates()).map(({ revoked }) => revoked)).toEqual([undefined, end, end, undefined]);
    });

    test('a renewal ends what was had before with the same certificate and never used; a revoked one renews no more', async () => {
      await store.issue({ certificate: certificate('01'), replaces: [], by: 'system' });
      await store.certificateUsed('01', NOW);
      const renew = (serial: string, renews: string) =>
        store.issue({ certificate: certificate(serial, { at: NOW + 3 }), renews, replaces: [], by: 'till' });
      expect([await renew('02', '01'), await renew('03', '01')]).toEqual([true, true]);
      const standing = async () =>
        (await store.certificates()).map(({ serial, revoked }) => `${serial} ${revoked?.reason ?? 'good'}`);
      expect(await standing()).toEqual(['01 good', '02 replaced', '03 good']);
      await store.certificateUsed('03', NOW + 4);
      expect(await renew('04', '03')).toBe(true);
      // The first has been superseded.
      expect(await renew('05', '01')).toBe(false);
      expect(await renew('06', 'none')).toBe(false);
      expect(await standing()).toEqual(['01 superseded', '02 replaced', '03 good', '04 good']);
    });

    test('a renewal that meets a revocation is revoked with the rest, or has not been', async () => {
      await store.issue({ certificate: certificate('01'), replaces: [], by: 'system' });
      await Promise.all([
        store.issue({ certificate: certificate('02'), renews: '01', replaces: [], by: 'till' }),
        store.revokeAll('acme/s1/till-1', { at: NOW, by: 'zoé', reason: 'stolen' }),
      ]);
      expect((await store.certificates()).every(({ revoked }) => revoked)).toBe(true);
    });

    test('the first use of a newer certificate ends the older ones of its device, and no others', async () => {
      for (const each of [
        certificate('01'),
        certificate('02'),
        certificate('03'),
        certificate('04', { device: 'acme/s1/till-2' }),
      ]) {
        await store.issue({ certificate: each, replaces: [], by: 'system' });
      }
      await store.certificateUsed('02', NOW + 1);
      await store.certificateUsed('02', NOW + 2);
      const all = await store.certificates();
      expect(all.map(({ serial, usedAt, revoked }) => [serial, usedAt, revoked?.reason])).toEqual([
        ['01', undefined, 'superseded'],
        ['02', NOW + 1, undefined],
        ['03', undefined, undefined],
        ['04', undefined, undefined],
      ]);
    });

    test('who has no good certificate left is barred, and a store’s gateway is told what was revoked in it', async () => {
      const till2 = { device: 'acme/s1/till-2' } as const;
      for (const each of [
        certificate('01'),
        certificate('02', till2),
        certificate('04', { device: 'acme/s10/till-1' }),
        certificate('05', { device: 'acme/s1/till-5', to: NOW + 5 }),
      ]) {
        await store.issue({ certificate: each, replaces: [], by: 'system' });
      }
      const revoke = (device: `${string}/${string}`, at: number) =>
        store.revokeAll(`acme/${device}`, { at, by: 'zoé', reason: 'stolen' });
      expect(await store.barred(NOW)).toEqual([]);
      const newer = certificate('03', { ...till2, at: NOW + 1 });
      await store.issue({ certificate: newer, replaces: ['02'], by: 'zoé' });
      await revoke('s10/till-1', NOW + 1);
      await revoke('s1/till-5', NOW + 1);
      expect((await store.barred(NOW + 1)).sort()).toEqual(['acme/s1/till-5', 'acme/s10/till-1']);
      await revoke('s1/till-2', NOW + 2);
      expect((await store.barred(NOW + 5)).sort()).toEqual(['acme/s1/till-2', 'acme/s1/till-5', 'acme/s10/till-1']);
      // One that ended by itself is good for nothing either, and needs no list.
      expect(await store.revokedIn('acme/s1', NOW + 4, 9)).toEqual(['03', '05', '02']);
      expect(await store.revokedIn('acme/s1', NOW + 5, 9)).toEqual(['03', '02']);
      expect(await store.revokedIn('acme/s1', NOW + 5, 1)).toEqual(['03']);
      // Its agent has a newer one: nobody is to cut it off for that.
      await store.issue({ certificate: certificate('06'), replaces: [], by: 'system' });
      await store.certificateUsed('06', NOW + 3);
      expect((await store.certificate('01'))?.revoked?.reason).toBe('superseded');
      expect(await store.revokedIn('acme/s1', NOW + 4, 9)).toEqual(['03', '05', '02']);
      expect(await store.barred(NOW + YEAR_MS)).toHaveLength(4);
    });

    test('a page shows of each device the certificate that counts, in order; revocations are told while they matter', async () => {
      const of = (serial: string, device: `${string}/${string}/${string}`, more = {}) =>
        store.issue({ certificate: certificate(serial, { device, ...more }), replaces: [], by: 'system' });
      const end = (at: number) => ({ at, by: 'zoé', reason: 'stolen' });
      await of('01', 'acme/s1/till-2');
      await of('02', 'acme/s1/till-2');
      await of('03', 'acme/s1/till-1', { to: NOW + 50 });
      await store.revokeAll('acme/s1/till-2', end(NOW + 1));
      await store.revokeAll('acme/s1/till-1', end(NOW + 2));
      await of('04', 'acme/s10/till-1');
      await of('05', 'acme/s1/till-3');
      await of('06', 'acme/s1/till-3', { revoked: end(NOW) });
      await of('07', 'bio/s1/till-1');
      const page = async (limit: number, more: { store?: 'acme/s1'; after?: `${string}/${string}/${string}` } = {}) =>
        (await store.page({ store: undefined, after: undefined, limit, ...more })).map(({ serial }) => serial);
      expect(await page(9)).toEqual(['03', '02', '05', '04', '07']);
      expect(await page(2)).toEqual(['03', '02']);
      expect(await page(2, { after: 'acme/s1/till-2' })).toEqual(['05', '04']);
      expect(await page(9, { store: 'acme/s1' })).toEqual(['03', '02', '05']);
      expect(await page(9, { store: 'acme/s1', after: 'acme/s1/till-1' })).toEqual(['02', '05']);
      const [shown] = await store.page({ store: undefined, after: 'acme/s10/till-1', limit: 1 });
      const { pem: _, ...listed } = certificate('07', { device: 'bio/s1/till-1' });
      expect(shown).toEqual(listed);
      const told = [
        { serial: '01', at: NOW + 1 },
        { serial: '02', at: NOW + 1 },
      ];
      expect(await store.revocations(NOW + 50)).toEqual([...told, { serial: '06', at: NOW }]);
      expect(await store.revocations(NOW + 49)).toHaveLength(4);
    });

    test('certificates that ended more than a year ago are forgotten', async () => {
      await store.issue({ certificate: certificate('01', { to: NOW }), replaces: [], by: 'system' });
      await store.issue({ certificate: certificate('02', { at: NOW + YEAR_MS + 1 }), replaces: [], by: 'system' });
      expect((await store.certificates()).map(({ serial }) => serial)).toEqual(['02']);
    });

    test('a stranger is counted, shows what was last seen of it, and is decided on', async () => {
      await store.hold(seen('till-7'));
      const last = seen('till-7', {
        at: NOW + 9,
        reason: 'unknown-certificate',
        kind: undefined,
        token: undefined,
        certificate: { serial: '0a', pem: 'x', from: 1, to: 2 },
      });
      await store.hold(last);
      await store.hold(seen('till-8', { at: NOW + 5 }));
      await reopen();
      const [first, second, none] = await store.quarantine(9);
      const { at: _, ...same } = last;
      expect(first).toEqual({ ...same, id: first?.id, firstAt: NOW, lastAt: NOW + 9, times: 2, decision: undefined });
      expect([second?.device, second?.times, none]).toEqual(['acme/s1/till-8', 1, undefined]);
      const decision = { verdict: 'admitted', at: NOW + 10, by: 'zoé' } as const;
      const id = first?.id as number;
      expect(await store.decide(id, decision)).toBe(true);
      expect(await store.decide(id + 100, decision)).toBe(false);
      expect((await store.stranger(id))?.decision).toEqual(decision);
      await store.hold({ ...last, at: NOW + 11 });
      expect(await store.strangerOf('acme/s1/till-7', 'cd'.repeat(32))).toMatchObject({ times: 3, decision });
      expect(await store.strangerOf('acme/s1/till-7', 'other')).toBeUndefined();
    });

    test('quarantine holds the 200 seen last of a token, those of others, and all that somebody decided on', async () => {
      await store.hold(seen('other', { token: 't2' }));
      await store.hold(seen('none', { token: undefined }));
      await store.hold(seen('refused'));
      const { id = 0 } = (await store.quarantine(1))[0] ?? {};
      await store.decide(id, { verdict: 'refused', at: NOW, by: 'zoé' });
      for (let n = 0; n < 203; n++) await store.hold(seen(`till-${n}`, { at: NOW + 1 + n }));
      const held = await store.quarantine(5_000);
      expect(held).toHaveLength(203);
      expect(held.slice(-4).map(({ device }) => device.slice('acme/s1/'.length))).toEqual([
        'till-3',
        'refused',
        'none',
        'other',
      ]);
    });

    test('quarantine holds the 3,000 seen last of all', async () => {
      for (let n = 0; n < 3_002; n++) await store.hold(seen(`till-${n}`, { at: NOW + n, token: `t${n % 30}` }));
      const held = await store.quarantine(5_000);
      expect([held.length, held.at(-1)?.device]).toEqual([3_000, 'acme/s1/till-2']);
    }, 60_000);
  });
}
