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
      expect(await store.revokeCertificate('02', { at: NOW, by: 'zoé', reason: 'stolen' })).toBe(true);
      expect(await store.revokeCertificate('02', { at: NOW, by: 'zoé', reason: 'again' })).toBe(false);
      expect((await store.certificate('02'))?.revoked).toEqual({ at: NOW, by: 'zoé', reason: 'stolen' });
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
        certificate('03', till2),
        certificate('04', { device: 'acme/s10/till-1' }),
        certificate('05', { device: 'acme/s1/till-5', to: NOW + 5 }),
      ]) {
        await store.issue({ certificate: each, replaces: [], by: 'system' });
      }
      const revoke = (serial: string, at: number) =>
        store.revokeCertificate(serial, { at, by: 'zoé', reason: 'stolen' });
      expect(await store.barred(NOW)).toEqual([]);
      await revoke('02', NOW + 1);
      await revoke('04', NOW + 1);
      await revoke('05', NOW + 1);
      expect((await store.barred(NOW + 1)).sort()).toEqual(['acme/s1/till-5', 'acme/s10/till-1']);
      await revoke('03', NOW + 2);
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

    test('quarantine holds the 200 seen last', async () => {
      for (let n = 0; n < 203; n++) await store.hold(seen(`till-${n}`, { at: NOW + n }));
      const held = await store.quarantine(5_000);
      expect(held).toHaveLength(200);
      expect(held.at(-1)?.device).toBe('acme/s1/till-3');
    });
  });
}
