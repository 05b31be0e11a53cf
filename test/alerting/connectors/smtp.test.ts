import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { plugin } from '../../../alerting/connectors/smtp.ts';
import { type MailServer, startMailServer } from '../../support/mail-server.ts';
import { createTestAuthority } from '../../support/test-authority.ts';
import { AT, incidentView, majorView, ticketWork } from '../fixtures.ts';

const BASE = { host: '127.0.0.1', from: 'vigie@example.com', to: ['support@example.com', 'nuit@example.com'] };
const context = {
  ...{ secrets: ['a-password'], fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' },
  publicUrl: 'https://vigie.example',
};
const still = () => new AbortController().signal;
const RESOLVED = { state: 'resolved', resolvedAt: AT } as const;

let server: MailServer | undefined;
const open = async (options: Parameters<typeof startMailServer>[0] = {}) => {
  server = await startMailServer(options);
  const { port, mails, says } = server;
  const desk = plugin.create({ ...BASE, port, tls: 'none' }, context);
  return { port, mails, says, desk, deliver: (change = {}) => desk.deliver(ticketWork(change), still()) };
};
afterEach(() => server?.close());

describe('e-mail', () => {
  it('tells a ticket in text and in HTML, to everybody', async () => {
    const { deliver, mails } = await open();
    expect(await deliver()).toEqual({ outcome: 'done' });
    const [mail] = mails;
    expect(mail?.to).toEqual(BASE.to);
    expect(mail?.headers.get('subject')).toBe('[P2][001 Nantes] Caisse 3, connexion perdue #12');
    expect(mail?.headers.get('from')).toBe('Vigie <vigie@example.com>');
    expect(Object.fromEntries(mail?.headers ?? [])).toMatchObject({
      'auto-submitted': 'auto-generated',
      'x-auto-response-suppress': 'All',
      'x-vigie-key': incidentView().key,
      importance: 'High',
    });
    expect(mail?.text).toMatch(/^Nantes \(Ouest\)\n/);
    expect(mail?.html).toContain('href="https://vigie.example/incidents/12"');
    expect(mail?.html).toContain('lang="fr"');
  });

  it('makes one thread of an incident, and repeats a mail under the same id', async () => {
    const { deliver, mails } = await open();
    await deliver();
    await deliver({ id: 8, action: 'update', view: incidentView({ priority: 1 }) });
    await deliver({ id: 8, action: 'update', view: incidentView({ priority: 1 }), attempts: 1 });
    await deliver({ id: 9, action: 'resolve', view: incidentView(RESOLVED) });
    const ids = mails.map(({ headers }) => headers.get('message-id'));
    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
    expect(ids[2]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
    for (const { headers } of mails.slice(1)) {
      expect([headers.get('in-reply-to'), headers.get('references')]).toEqual([ids[0], ids[0]]);
    }
    expect(mails[0]?.headers.has('in-reply-to')).toBe(false);
    expect(mails[3]?.headers.get('subject')).toContain('(résolu)');
    expect(mails[3]?.headers.has('importance')).toBe(false);
  });

  it('tells what somebody says, and a major incident', async () => {
    const { deliver, mails } = await open();
    const comments = [{ at: AT, by: 'Inès', text: 'la pièce <b>arrive</b>' }];
    await deliver({ action: 'comment', view: incidentView({ comments }) });
    expect(mails[0]?.text).toContain('la pièce <b>arrive</b>');
    expect(mails[0]?.html).toContain('la pièce &lt;b&gt;arrive');
    const view = majorView();
    await deliver({ incident: view.key, view, locale: 'en' });
    expect(mails[1]?.headers.get('subject')).toContain('[MAJOR]');
  });

  it('lets nothing that a store is called begin a header', async () => {
    const { deliver, mails } = await open();
    await deliver({ view: incidentView({ storeTitle: 'Nantes\r\nBcc: all@example.com\r\n\r\nx' }) });
    expect(mails[0]?.to).toEqual(BASE.to);
    expect(mails[0]?.headers.has('bcc')).toBe(false);
    expect(mails[0]?.text).toContain('(Ouest)');
  });

  it.each([
    [451, { outcome: 'retry', error: 'SMTP 451' }],
    [554, { outcome: 'refused', error: 'SMTP 554' }],
  ] as const)('at %i comes back, or gives up', async (code, outcome) => {
    const { deliver, mails, says } = await open();
    says.push(code);
    expect(await deliver()).toEqual(outcome);
    expect(await deliver({ attempts: 1 })).toEqual({ outcome: 'done' });
    expect(mails).toHaveLength(1);
  });

  it('comes back when the answer is lost, under the same id', async () => {
    const { deliver, mails, says } = await open();
    says.push('drop');
    expect(await deliver()).toMatchObject({ outcome: 'retry' });
    expect(await deliver({ attempts: 1 })).toEqual({ outcome: 'done' });
    expect(new Set(mails.map(({ headers }) => headers.get('message-id'))).size).toBe(1);
  });

  it('gives up waiting when it is told to', async () => {
    const { desk, says } = await open();
    says.push('hang');
    const abort = new AbortController();
    const delivery = desk.deliver(ticketWork(), abort.signal);
    setTimeout(() => abort.abort(), 20);
    expect(await delivery).toEqual({ outcome: 'retry', error: 'no answer in time' });
  });

  it('says so when nobody listens', async () => {
    const { port, desk } = await open();
    await server?.close();
    server = undefined;
    expect(port).toBeGreaterThan(0);
    expect(await desk.deliver(ticketWork(), still())).toMatchObject({
      outcome: 'retry',
      error: expect.stringContaining('connection failed'),
    });
  });

  it('is done when one of several takes it, and refused when none does', async () => {
    const refused = new Set(['nuit@example.com']);
    const { deliver, mails } = await open({
      onRcptTo: ({ address }, _session, done) =>
        refused.has(address) ? done(Object.assign(new Error('no such user'), { responseCode: 550 })) : done(),
    });
    expect(await deliver()).toEqual({ outcome: 'done' });
    expect(mails[0]?.to).toEqual(['support@example.com']);
    refused.add('support@example.com');
    expect(await deliver({ id: 8, action: 'update' })).toEqual({ outcome: 'refused', error: 'SMTP 550' });
  });

  describe('over TLS', () => {
    let folder: string;
    let identity: { key: string; cert: string };
    let caFile: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'vigie-mail-'));
      const made = createTestAuthority(folder)('localhost', 'DNS:localhost');
      identity = { key: readFileSync(made.keyFile, 'utf8'), cert: readFileSync(made.certFile, 'utf8') };
      caFile = made.caFile;
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const signIn = (port: number, change: object = {}, secrets = ['a-password']) =>
      plugin.create({ ...BASE, host: 'localhost', port, user: 'vigie', caFile, ...change }, { ...context, secrets });
    const secured = () =>
      open({
        ...{ key: identity.key, cert: identity.cert, authOptional: false },
        onAuth: ({ username, password }, _session, done) =>
          username === 'vigie' && password === 'a-password' ? done(null, { user: username }) : done(new Error('no')),
      });

    it('signs in and sends, with STARTTLS', async () => {
      const { port, mails } = await secured();
      expect(await signIn(port).deliver(ticketWork(), still())).toEqual({ outcome: 'done' });
      expect(mails).toHaveLength(1);
    });

    it('sends nothing where the certificate is nobody’s it trusts, the password is wrong, or there is no TLS', async () => {
      const { port, mails } = await secured();
      const strange = plugin.create({ ...BASE, host: 'localhost', port, user: 'vigie' }, context);
      expect(await strange.deliver(ticketWork(), still())).toMatchObject({ outcome: 'retry' });
      const wrong = await signIn(port, {}, ['another']).deliver(ticketWork(), still());
      expect(wrong).toEqual({ outcome: 'retry', error: 'the mail server does not accept our credentials' });
      await server?.close();
      const bare = await open();
      expect(await signIn(bare.port).deliver(ticketWork(), still())).toMatchObject({ outcome: 'retry' });
      expect([mails, bare.mails]).toEqual([[], []]);
    });
  });

  it('is not set up with a password on the open wire, without one it needs, or with an authority that is not there', () => {
    const make = (options: object, secrets: string[] = ['a-password']) =>
      plugin.create({ ...BASE, ...options }, { ...context, secrets });
    expect(() => make({ host: 'mail.example', tls: 'none' })).toThrow('on this machine only');
    expect(() => make({ user: 'vigie' }, [])).toThrow('the password of `user`, is missing');
    expect(() => make({ caFile: '/nowhere/ca.pem' })).toThrow('`caFile` cannot be read (ENOENT)');
  });
});
