import { randomBytes, sign, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import mqtt, { type MqttClient } from 'mqtt';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startRelay } from '../../../agent/gateway/relay.ts';
import { ask, readTold } from '../../../agent/identity/ask.ts';
import { type EnrolError, enrol } from '../../../agent/identity/enrol.ts';
import { configFromIdentity, filesOf, readIdentity, validityOf } from '../../../agent/identity/folder.ts';
import { startRenewal } from '../../../agent/identity/renew.ts';
import { download } from '../../../agent/update/download.ts';
import { type Authority, openAuthority } from '../../../collector/admission/authority.ts';
import { type Barred, createBarred } from '../../../collector/admission/barred.ts';
import { openDoor } from '../../../collector/admission/door.ts';
import { createDoorkeeper } from '../../../collector/admission/doorkeeper.ts';
import { createListenerCertificate } from '../../../collector/admission/listener-certificate.ts';
import { createRefusals } from '../../../collector/admission/refusals.ts';
import { createRegistry, type Registry, type TokenWish } from '../../../collector/admission/registry.ts';
import { revokedRoute } from '../../../collector/admission/revoked-route.ts';
import { createRoads } from '../../../collector/admission/road.ts';
import { type EmbeddedBroker, startEmbeddedBroker } from '../../../collector/broker/aedes-broker.ts';
import { Devices } from '../../../collector/devices.ts';
import type { StateStore } from '../../../collector/ports.ts';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';
import { type AdmissionReason, proofText, RenewAnswer } from '../../../protocol/enrolment.ts';
import type { Chain } from '../../../protocol/inventory.ts';
import { createFakeClock } from '../fake-clock.ts';

const CHAIN: Chain = {
  name: 'acme',
  title: 'Acme',
  stores: [
    {
      name: 's1',
      title: 'Lyon',
      timeZone: 'Europe/Paris',
      devices: [
        { name: 'till-1', kind: 'till' },
        { name: 'till-2', kind: 'till' },
        { name: 'server', kind: 'server' },
        { name: 'till-3', kind: 'till', gateway: 'server' },
      ],
    },
  ],
};
const WISH: TokenWish = { chain: 'acme', store: 's1', kind: 'till', replaces: false, uses: 1, hours: 1 };
const DAY_MS = 86_400_000;

/** The server's two doors with a real store behind them, in this process. */
let folder: string;
let state: StateStore;
let devices: Devices;
let authority: Authority;
let registry: Registry;
let broker: EmbeddedBroker;
let door: { port: number; close(): Promise<void> };
let barred: Barred;
let turnedAway: string[];
let counts: () => ReadonlyMap<AdmissionReason, number>;
/** By how much the server's clock is ahead. */
let aheadMs: number;
const now = () => Date.now() + aheadMs;
const closing: (() => unknown)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-enrolment-'));
  state = openSqliteStateStore(join(folder, 'state.sqlite'));
  devices = new Devices([CHAIN]);
  turnedAway = [];
  aheadMs = 0;
  authority = await openAuthority(await state.secret('authority'), (pem) => state.admission.keepAuthority(pem), now());
  const refusals = createRefusals((source, reason) => turnedAway.push(`${reason} ${source}`), now);
  counts = refusals.counts;
  const certificate = createListenerCertificate(authority, ['localhost', '127.0.0.1'], Date.now);
  const onRevoked = (serials: readonly string[]) => broker.agents?.drop(serials);
  const doorkeeper = createDoorkeeper({
    state,
    authority,
    signing: 'PEM of the signing key',
    devices,
    certificateDays: 90,
    roadOf: createRoads({
      names: ['localhost', '127.0.0.1'],
      mqttUrl: undefined,
      mqttPort: () => broker.agents?.port ?? 0,
      devices,
      state,
    }),
    refusals,
    onRevoked,
    onIssued: () => barred.look(),
    now,
  });
  barred = await createBarred(state.admission, now, () => {});
  registry = createRegistry({
    state,
    authority,
    devices,
    addDevice: async (_key, device) => {
      const [store] = CHAIN.stores as [Chain['stores'][number]];
      devices.replace([{ ...CHAIN, stores: [{ ...store, devices: [...store.devices, device] }] }]);
    },
    onRevoked,
    onIssued: () => barred.look(),
    now,
  });
  broker = await startEmbeddedBroker({
    host: '127.0.0.1',
    port: 0,
    onProblem: () => {},
    deviceOf: (key) => devices.device(key),
    agents: { host: '127.0.0.1', port: 0, certificate, doorkeeper, refusals, now },
  });
  await broker.open({ index: 0, of: 1 }, [], (_message, done) => done(true));
  door = await openDoor({
    host: '127.0.0.1',
    port: 0,
    certificate,
    authority: authority.certificate,
    doorkeeper,
    refusals,
    routes: [
      revokedRoute(state.admission, now),
      (app, { bearer }) =>
        app.get('/v1/who', async (request, reply) => reply.send({ device: (await bearer(request)).device })),
    ],
    log: pino({ level: 'silent' }),
  });
  closing.push(
    () => rmSync(folder, { recursive: true }),
    () => state.close(),
    () => certificate.close(),
    () => barred.close(),
    () => broker.close(),
    () => door.close(),
  );
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const token = async (more: Partial<TokenWish> = {}) =>
  (await registry.createToken({ ...WISH, ...more }, 'zoé'))?.text as string;
const place = (name: string) => join(folder, name);
const enrolled = (name: string, device: string, text: string, more: Partial<Parameters<typeof enrol>[0]> = {}) =>
  enrol({
    server: `https://127.0.0.1:${door.port}`,
    token: text,
    device,
    dataDir: place(name),
    facts: { hostname: 'CAISSE-1' },
    locale: 'en',
    waitMs: 0,
    onWaiting: () => {},
    stop: new AbortController().signal,
    ...more,
  });
const failure = (work: Promise<unknown>): Promise<EnrolError> =>
  work.then(
    () => Promise.reject(),
    (error) => error,
  );
const pem = (file: string) => readFileSync(file, 'utf8');
const pemsOf = (name: string) => {
  const { key, certificate, authority: ca } = filesOf(place(name));
  return { key: pem(key), cert: pem(certificate), ca: pem(ca) };
};

/** An MQTT client with these files; resolves to what the broker said, or why there was no answer. */
async function knock(tls: object, clientId: string): Promise<MqttClient | string> {
  const client = mqtt.connect(`mqtts://127.0.0.1:${broker.agents?.port}`, {
    ...tls,
    clientId,
    protocolVersion: 4,
    reconnectPeriod: 0,
  });
  closing.push(() => client.end(true));
  return new Promise((resolve) => {
    client.once('connect', () => resolve(client));
    client.once('error', (error) => resolve(error.message));
    client.once('close', () => resolve('closed'));
  });
}
const CLIENT = 'vigie:acme/s1/till-1';

test('a device enrols with a token alone, keeps its key to itself, and comes in with its certificate', async () => {
  const text = await token();
  expect(await enrolled('a', 'till-1', text)).toEqual({
    v: 1,
    chain: 'acme',
    store: 's1',
    device: 'till-1',
    kind: 'till',
    mqtt: `mqtts://127.0.0.1:${broker.agents?.port}`,
    https: `https://127.0.0.1:${door.port}`,
  });
  const files = filesOf(place('a'));
  expect(statSync(files.folder).mode & 0o777).toBe(0o700);
  for (const file of [files.key, files.certificate, files.identity]) expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(pem(files.signing)).toBe('PEM of the signing key');
  expect(configFromIdentity(place('a'))).toMatchObject({ device: 'till-1', certFile: files.certificate });
  expect(await knock(pemsOf('a'), CLIENT)).toBeInstanceOf(Object);
  const [row] = await state.admission.certificates();
  expect(row?.usedAt).toBeTypeOf('number');
  expect((await state.auditLog(9)).map(({ action }) => action)).toEqual(['agent.enrolled', 'enrol-token.created']);
  // What is kept of the token gives nobody a certificate.
  expect(JSON.stringify(await state.admission.tokens(9))).not.toContain(text.slice(-20));
  expect(turnedAway).toEqual([]);
});

test('a token that was used, has expired, was revoked, is unknown, or is for another device or role: refused and recorded', async () => {
  const used = await token();
  await enrolled('a', 'till-1', used);
  const [foreign, role] = [await token({ device: 'till-2' }), await token({ kind: 'server' })];
  const made = await registry.createToken(WISH, 'zoé');
  const revoked = made?.text as string;
  await registry.revokeToken(made?.token.id as string, 'zoé');
  const unknown = `${used.slice(0, -6)}AAAAAA`;
  const reasons: string[] = [];
  for (const [index, text] of [used, revoked, foreign, role, unknown].entries()) {
    const { kind, message } = await failure(enrolled(`b${index}`, 'till-1', text));
    reasons.push(`${kind}: ${message.split(/[;:,]/, 1)[0]}`);
    expect(readIdentity(place(`b${index}`))).toBeUndefined();
  }
  const late = await token();
  aheadMs = 3_600_001;
  reasons.push((await failure(enrolled('c', 'till-2', late))).message.split(';', 1)[0] as string);
  expect(reasons.slice(1)).toEqual([
    'refused: this enrolment token was revoked',
    'refused: this enrolment token is for another device',
    'refused: the inventory has this device as another kind than the token is for',
    'refused: this enrolment token is not known',
    'this enrolment token has expired',
  ]);
  expect(reasons[0]).toBe('refused: this enrolment token is used up');
  expect(turnedAway.map((line) => line.split(' ', 1)[0])).toEqual([
    'spent-token',
    'revoked-token',
    'other-device',
    'other-role',
    'unknown-token',
    'expired-token',
  ]);
});

test('the server is proven by the token before the token is told to it', async () => {
  const text = await token();
  const other = text.replace(authority.fingerprint, randomBytes(32).toString('base64url'));
  expect((await failure(enrolled('a', 'till-1', other))).kind).toBe('stranger');
  expect((await failure(enrolled('a', 'till-1', 'vigie-no-token'))).kind).toBe('token');
  expect((await failure(enrolled('a', 'till-1', text, { server: 'https://127.0.0.1:9' }))).kind).toBe('unreachable');
  expect(turnedAway).toEqual([]);
  await enrolled('a', 'till-1', text);
});

test('a till without a way out enrols through its gateway’s relay, is told to report to it, and renews there', async () => {
  const to = { host: '127.0.0.1', port: door.port };
  const relay = await startRelay({ host: '127.0.0.2', port: 0, to, log: () => {} });
  closing.push(() => relay.close());
  const server = `https://127.0.0.2:${relay.port}`;
  const identity = await enrolled('a', 'till-3', await token(), { server });
  // The gateway has not said yet where it listens.
  expect(identity).toMatchObject({ mqtt: 'mqtts://127.0.0.2:8883', https: server, through: 'server' });
  expect(configFromIdentity(place('a'))).toMatchObject({ through: 'server' });
  const told = '{"device":"acme/s1/till-3"}';
  const file = join(folder, 'download');
  const { signal } = new AbortController();
  await download({ path: '/v1/who', size: told.length, to: file, dataDir: place('a'), signal, bytesPerSecond: 1e6 });
  expect(pem(file)).toBe(told);
  // A device that the inventory puts behind no gateway cannot report there: it is told so at once.
  const text = await token();
  expect(await failure(enrolled('b', 'till-1', text, { server }))).toMatchObject({ kind: 'name' });
  expect(readIdentity(place('b'))).toBeUndefined();
  expect((await enrolled('b', 'till-1', text)).through).toBeUndefined();
  // One that has a way of its own uses it.
  expect((await enrolled('c', 'till-3', await token({ device: 'till-3' }))).through).toBeUndefined();

  // It has lost its gateway: its renewal brings the server's own address.
  await enrolled('a', 'till-3', await token({ device: 'till-3' }), { server });
  const [store] = CHAIN.stores as [Chain['stores'][number]];
  const free = store.devices.map(({ gateway: _, ...device }) => device);
  devices.replace([{ ...CHAIN, stores: [{ ...store, devices: free }] }]);
  const clock = createFakeClock();
  clock.set(Date.now() + 70 * DAY_MS);
  await new Promise<void>((resolve) => {
    const renewal = startRenewal({
      dataDir: place('a'),
      clock,
      chance: () => 0,
      log: (_level, message) => message === 'certificate renewed' && resolve(),
    });
    closing.push(() => renewal.stop());
    void clock.advance(1);
  });
  expect(readIdentity(place('a'))).toEqual({
    ...identity,
    mqtt: `mqtts://localhost:${broker.agents?.port}`,
    through: undefined,
  });
});

test('a device none of whose certificates is good is barred until it has one; its store’s agents may ask what is revoked', async () => {
  await enrolled('a', 'till-1', await token());
  await enrolled('b', 'till-2', await token());
  expect(barred.has('acme/s1/till-1')).toBe(false);
  const { serial } = validityOf(filesOf(place('a')));
  await registry.revoke(serial, 'stolen', 'zoé');
  await barred.look();
  expect([barred.has('acme/s1/till-1'), barred.has('acme/s1/till-2')]).toEqual([true, false]);
  expect(await get('/v1/revoked', pemsOf('b'))).toContain(`{"revoked":["${serial}"]}`);
  expect(await get('/v1/revoked', { ca: authority.certificate })).toContain('no-certificate');
  await enrolled('c', 'till-1', await token());
  expect(barred.has('acme/s1/till-1')).toBe(false);
});

test('an answer that was lost is given again to the same key', async () => {
  const text = await token();
  await enrolled('a', 'till-1', text);
  const files = filesOf(place('a'));
  const certificate = pem(files.certificate);
  // As if the device had gone dark before it could keep it.
  writeFileSync(`${files.key}.new`, pem(files.key));
  for (const file of [files.key, files.certificate, files.identity]) rmSync(file);
  await enrolled('a', 'till-1', text);
  expect(pem(files.certificate)).toBe(certificate);
  expect(await state.admission.certificates()).toHaveLength(1);
});

test('a device the inventory does not have waits, and comes in once it is admitted', async () => {
  const text = await token();
  let id = 0;
  const identity = await enrolled('a', 'till-9', text, {
    waitMs: 60_000,
    againMs: 20,
    async onWaiting(refusal) {
      expect(refusal).toMatchObject({ reason: 'unknown-device', waits: true });
      const [stranger] = await state.admission.quarantine(9);
      id = stranger?.id as number;
      expect(stranger).toMatchObject({ device: 'acme/s1/till-9', facts: { hostname: 'CAISSE-1' }, times: 1 });
      expect(await registry.admit(id, undefined, 'zoé')).toBe('not-in-inventory');
      expect(await registry.admit(id, { kind: 'till' }, 'zoé')).toBe('done');
    },
  });
  expect(identity.device).toBe('till-9');
  expect(await knock(pemsOf('a'), 'vigie:acme/s1/till-9')).toBeInstanceOf(Object);
});

test('a refused machine stays out', async () => {
  const text = await token();
  expect((await failure(enrolled('a', 'till-9', text))).message).toContain('quarantine');
  const [stranger] = await state.admission.quarantine(9);
  await registry.refuse(stranger?.id as number, 'zoé');
  expect((await failure(enrolled('a', 'till-9', text))).message).toBe('a person refused this machine');
});

test('a dead till is replaced under its name: the old one is cut off at once', async () => {
  await enrolled('old', 'till-1', await token());
  const old = (await knock(pemsOf('old'), CLIENT)) as MqttClient;
  expect((await failure(enrolled('new', 'till-1', await token()))).message).toContain('another machine lives');
  const closed = new Promise<void>((resolve) => old.once('close', () => resolve()));
  await enrolled('new', 'till-1', await token({ device: 'till-1' }));
  await closed;
  expect(await knock(pemsOf('old'), CLIENT)).toBe('Connection refused: Not authorized');
  expect(await knock(pemsOf('new'), CLIENT)).toBeInstanceOf(Object);
  expect(turnedAway.at(-1)).toMatch(/^revoked-certificate acme\/s1\/till-1 .*127\.0\.0\.1$/);
});

test('a revoked certificate is cut off while it is connected, and does not come in again, by any door', async () => {
  await enrolled('a', 'till-1', await token());
  const client = (await knock(pemsOf('a'), CLIENT)) as MqttClient;
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  expect(await registry.revoke(validityOf(filesOf(place('a'))).serial, 'stolen', 'zoé')).toBe(true);
  await closed;
  expect(await knock(pemsOf('a'), CLIENT)).toBe('Connection refused: Not authorized');
  expect(await get('/v1/who', pemsOf('a'))).toContain('403');
  expect(turnedAway.map((line) => line.split(' ', 1)[0])).toEqual(['revoked-certificate']);
  expect(counts().get('revoked-certificate')).toBe(2);
  expect((await state.auditLog(1))[0]).toMatchObject({ who: 'zoé', action: 'agent.revoked' });
});

/** Has the certificate of a device renewed, with this key or a new one. */
async function renewed(own: { key: string; cert: string; ca: string }, made?: Awaited<ReturnType<typeof clientKey>>) {
  const { publicKey, key } = made ?? (await clientKey());
  const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const serial = new X509Certificate(own.cert).serialNumber.toLowerCase();
  const proof = sign('sha256', Buffer.from(proofText('renew', serial, spki)), key).toString('base64');
  const told = await ask({
    server: `https://127.0.0.1:${door.port}`,
    path: '/v1/renew',
    ca: own.ca,
    own,
    body: { publicKey: spki, proof },
  });
  const { answer, refusal } = readTold(RenewAnswer, told) as { answer?: RenewAnswer; refusal?: { reason: string } };
  return answer ? { key, cert: answer.certificate, ca: own.ca } : (refusal?.reason as string);
}

test('a revocation ends all a device can come with: also what a thief has had renewed for himself', async () => {
  await enrolled('a', 'till-1', await token());
  const stolen = pemsOf('a');
  const thiefs = (await renewed(stolen)) as typeof stolen;
  const { serial } = validityOf(filesOf(place('a')));
  expect(await registry.revoke(serial, 'stolen', 'zoé')).toBe(true);
  expect(await knock(thiefs, CLIENT)).toBe('Connection refused: Not authorized');
  expect(await renewed(thiefs)).toBe('revoked-certificate');
  expect(await registry.revoke(serial, 'again', 'zoé')).toBe(false);

  // He came with it before: the one that is revoked is the one it was renewed from.
  await enrolled('b', 'till-1', await token());
  const next = (await renewed(pemsOf('b'))) as typeof stolen;
  expect(await knock(next, CLIENT)).toBeInstanceOf(Object);
  expect(await registry.revoke(validityOf(filesOf(place('b'))).serial, 'stolen', 'zoé')).toBe(true);
  expect(await knock(next, CLIENT)).toBe('Connection refused: Not authorized');
});

test('a device has one unused successor of its certificate, the same for the same key, and few a day', async () => {
  await enrolled('a', 'till-1', await token());
  const own = pemsOf('a');
  const key = await clientKey();
  const first = (await renewed(own, key)) as typeof own;
  expect(((await renewed(own, key)) as typeof own).cert).toBe(first.cert);
  const second = (await renewed(own)) as typeof own;
  expect(await knock(first, CLIENT)).toBe('Connection refused: Not authorized');
  expect(await knock(second, CLIENT)).toBeInstanceOf(Object);
  expect(await renewed(second)).toBeInstanceOf(Object);
  expect(await renewed(second)).toBeInstanceOf(Object);
  expect(await renewed(second)).toBe('renewed-too-often');
  aheadMs = DAY_MS + 3_600_000;
  expect(await renewed(second)).toBeInstanceOf(Object);
});

/** A request as bytes over TLS: what comes back, whole. */
async function get(path: string, tls: object): Promise<string> {
  const socket: TLSSocket = connectTls({ host: '127.0.0.1', port: door.port, ...tls });
  await once(socket, 'secureConnect');
  let said = '';
  socket.on('data', (part) => {
    said += part;
  });
  socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`);
  await once(socket, 'close');
  return said;
}

test('routes on the door know their bearer, and let nobody else in', async () => {
  await enrolled('a', 'till-1', await token());
  expect(await get('/v1/who', pemsOf('a'))).toContain('{"device":"acme/s1/till-1"}');
  expect(await get('/v1/who', { ca: authority.certificate })).toContain('"reason":"no-certificate"');
});

test('an agent speaks only for itself: another client id, no certificate, another authority’s, an expired one are refused', async () => {
  await enrolled('a', 'till-1', await token());
  const tls = pemsOf('a');
  expect(await knock(tls, 'vigie:acme/s1/till-2')).toBe('Connection refused: Not authorized');
  expect(await knock({ ca: authority.certificate }, CLIENT)).not.toBeInstanceOf(Object);
  const forgers = await openAuthority(randomBytes(32), async (certificate) => certificate, now());
  const { publicKey, key } = await clientKey();
  const forged = forgers.issueAgent({ commonName: 'acme/s1/till-1', publicKey, now: now(), days: 9, answers: false });
  expect(await knock({ key, cert: forged.pem, ca: authority.certificate }, CLIENT)).not.toBeInstanceOf(Object);
  const long = { commonName: 'acme/s1/till-1', publicKey, days: 1, answers: false };
  const expired = authority.issueAgent({ ...long, now: now() - 3 * DAY_MS });
  expect(await knock({ key, cert: expired.pem, ca: authority.certificate }, CLIENT)).not.toBeInstanceOf(Object);
  const unknown = authority.issueAgent({ ...long, now: now() });
  expect(await knock({ key, cert: unknown.pem, ca: authority.certificate }, CLIENT)).not.toBeInstanceOf(Object);
  expect(turnedAway.map((line) => line.split(' ', 1)[0])).toEqual([
    'other-client',
    'no-certificate',
    'foreign-certificate',
    'expired-certificate',
    'unknown-certificate',
  ]);
  // Ours, but in no book: a person may let it in.
  const [stranger] = await state.admission.quarantine(9);
  expect(await registry.admit(stranger?.id as number, undefined, 'zoé')).toBe('done');
  expect(await knock({ key, cert: unknown.pem, ca: authority.certificate }, CLIENT)).toBeInstanceOf(Object);
});

async function clientKey() {
  const { newServerKey } = await import('../../../collector/admission/authority.ts');
  const { publicKey, pem: key } = newServerKey();
  return { publicKey, key };
}

test('at two thirds of its life the certificate is renewed with a new key, and the old one ends when the new one is used', async () => {
  await enrolled('a', 'till-1', await token());
  const before = { ...pemsOf('a'), ...validityOf(filesOf(place('a'))) };
  const clock = createFakeClock(Date.now());
  const said: string[] = [];
  const renewed = new Promise<void>((resolve) => {
    const renewal = startRenewal({
      dataDir: place('a'),
      clock,
      chance: () => 0,
      log: (_level, message) => {
        said.push(message);
        resolve();
      },
    });
    closing.push(() => renewal.stop());
  });
  await clock.advance(59 * DAY_MS);
  expect(said).toEqual([]);
  await clock.advance(2 * DAY_MS);
  await renewed;
  expect(said).toEqual(['certificate renewed']);
  const after = { ...pemsOf('a'), ...validityOf(filesOf(place('a'))) };
  expect(after.key).not.toBe(before.key);
  expect(after.serial).not.toBe(before.serial);
  expect(existsSync(`${filesOf(place('a')).key}.new`)).toBe(false);
  // Until the agent has come with the new one, the old one is good: its answer may have been lost.
  expect(await knock(before, CLIENT)).toBeInstanceOf(Object);
  expect(await knock(after, CLIENT)).toBeInstanceOf(Object);
  expect(await knock(before, CLIENT)).toBe('Connection refused: Not authorized');
});
