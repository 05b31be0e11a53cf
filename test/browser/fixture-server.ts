import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { MajorView } from '../../protocol/majors.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type {
  Hindrance,
  IncidentView,
  StoreTile,
  TimelineEntry,
  WallDelta,
  WallSnapshot,
} from '../../protocol/views.ts';
import { isOver } from '../../protocol/weights.ts';
import { createManagement } from './fixture-management.ts';
import { makeAvailability } from './synthetic-availability.ts';
import { type Mood, makeChain, type SyntheticChain } from './synthetic-chain.ts';
import { makeBranches } from './synthetic-network.ts';
import { makeRange, makeReadings } from './synthetic-readings.ts';

const WEB = new URL('../../dist/web/', import.meta.url).pathname;
/** What the real server sends: nothing from elsewhere, nothing inline. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface FixtureOptions {
  stores: number;
  mood: Mood;
  simulated?: boolean;
  /** A second chain, as large as this. */
  others?: number;
  /** Whether reading needs a session. */
  closed?: boolean;
  port?: number;
}

/** Who may sign in to the fixture. */
export const TOKEN = 'fixture-token';
export const ADMIN_TOKEN = 'fixture-admin';

const PEOPLE: Readonly<Record<string, { name: string; role: 'operator' | 'admin' }>> = {
  [TOKEN]: { name: 'Nadia', role: 'operator' },
  [ADMIN_TOKEN]: { name: 'Camille', role: 'admin' },
};

/** The built web app over made-up data: speaks the API, and lives through what the test makes it live through. */
export interface Fixture {
  url: string;
  stores: SyntheticChain['stores'];
  incidents: SyntheticChain['incidents'];
  /** What was asked to be changed of agents and devices, in order. */
  calls: readonly { path: string; body: unknown; by: string }[];
  /** Changes a tile and tells the pages. */
  changeStore(key: StoreKey, change: Partial<StoreTile>): void;
  /** Opens or changes an incident and tells the pages. */
  putIncident(incident: IncidentView): void;
  /** Opens or changes a major incident and tells the pages. */
  putMajor(major: MajorView): void;
  /** Ends every stream and refuses new ones. */
  cut(): void;
  /** What keeps Vigie from its work from now on. */
  hinder(...parts: Hindrance[]): void;
  /** Takes streams again. */
  restore(): void;
  /** Streams open now. */
  readonly streams: number;
  close(): Promise<void>;
}

export async function startFixture(options: FixtureOptions): Promise<Fixture> {
  const startedAt = Date.now();
  const main = makeChain('demo', options.stores, options.mood, startedAt, options.simulated ?? true);
  const other =
    options.others === undefined ? undefined : makeChain('halles', options.others, 'well', startedAt, false);
  const chains = [main, ...(other === undefined ? [] : [other])];
  const stores: SyntheticChain['stores'] = new Map(chains.flatMap((chain) => [...chain.stores]));
  const { incidents } = main;
  const timelines = new Map<number, TimelineEntry[]>();
  const streams = new Set<{ response: ServerResponse; device: string | null }>();
  let position = 0;
  let cut = false;

  const majors = new Map<number, MajorView>();
  const snapshot = (): WallSnapshot => ({
    id: `fixture-${position}`,
    at: Date.now(),
    chains: chains.map(({ chain }) => chain),
    stores: [...stores.values()].map(({ tile }) => tile),
    incidents: [...incidents.values()],
    majors: [...majors.values()],
  });
  const send = (response: ServerResponse, event: string, data: unknown, id?: string): void => {
    response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const publish = (delta: WallDelta): void => {
    position++;
    for (const { response } of streams) send(response, 'delta', delta, `fixture-${position}`);
  };
  let hindered: Hindrance[] = [];
  const beat = setInterval(() => {
    const at = Date.now();
    for (const { response, device } of streams) {
      send(response, 'beat', { at, ...(hindered.length > 0 && { hindered }) });
      if (device !== null) send(response, 'readings', { at, device, readings: makeReadings(at) });
    }
  }, 2_000);

  const timelineOf = (incident: IncidentView): TimelineEntry[] => {
    const known = timelines.get(incident.number) ?? [
      { at: incident.openedAt, reason: { code: 'incident.opened' } },
      {
        at: incident.openedAt + 1200,
        reason: { code: 'ticket.opened', params: { desk: 'Desk', ticket: incident.ticket ?? '' } },
      },
    ];
    timelines.set(incident.number, known);
    return known;
  };

  const person = (request: IncomingMessage) => PEOPLE[/session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''];
  const signedIn = (request: IncomingMessage): boolean => person(request) !== undefined;
  const management = createManagement({ stores }, startedAt, (number, entries) => {
    const incident = incidents.get(number);
    if (incident === undefined) return;
    const id = entries[0]?.reason.params?.id;
    const others = timelineOf(incident).filter(({ reason }) => reason.params?.id !== id);
    timelines.set(number, [...others, ...entries]);
    fixture.putIncident({ ...incident });
  });

  async function answerApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const [first = '', ...rest] = url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent);
    const json = (body: unknown, status = 200): void => {
      const text = JSON.stringify(body);
      response.writeHead(status, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'content-encoding': 'gzip',
      });
      response.end(gzipSync(text, { level: 1 }));
    };
    const refuse = (status: number, code: string): void => json({ error: { code, message: code } }, status);
    const done = (headers: Record<string, string> = {}): void => void response.writeHead(204, headers).end();

    if (first === 'session') {
      if (request.method === 'GET') {
        return json({
          who: person(request) ?? null,
          readingNeedsToken: options.closed ?? false,
        });
      }
      if (request.method === 'DELETE') return done({ 'set-cookie': 'session=; Path=/; Max-Age=0' });
      const { token } = (await readBody(request)) as { token: string };
      return token in PEOPLE
        ? done({ 'set-cookie': `session=${token}; Path=/; HttpOnly` })
        : refuse(401, 'wrong-token');
    }
    if ((options.closed || request.method !== 'GET') && !signedIn(request)) return refuse(401, 'unauthenticated');
    if (needsRole(url.pathname) && !signedIn(request)) return refuse(401, 'unauthenticated');
    if (first === 'wall') return json(snapshot());
    // What the menu tells operators.
    if (first === 'tickets') return json({ desks: [] });
    if (first === 'on-call') return json({ calendars: [] });
    const managed = management.answer({
      method: request.method ?? 'GET',
      parts: [first, ...rest],
      query: url.searchParams,
      language: request.headers['accept-language'],
      body: request.method === 'POST' && MANAGED.has(first) ? await readBody(request) : undefined,
      by: person(request)?.name ?? '',
    });
    if (managed !== undefined) {
      if (managed.text !== undefined) {
        const name = { 'content-disposition': 'attachment; filename="vigie-assets.csv"' };
        return void response.writeHead(200, { 'content-type': managed.type, ...name }).end(managed.text);
      }
      return managed.status === 204 ? done() : json(managed.body, managed.status);
    }
    if (first === 'live') {
      if (cut) return refuse(503, 'took-too-long');
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 200\n\n');
      const seen = request.headers['last-event-id'] ?? url.searchParams.get('since');
      if (seen !== `fixture-${position}`) send(response, 'snapshot', snapshot(), `fixture-${position}`);
      const stream = { response, device: url.searchParams.get('device') };
      streams.add(stream);
      response.on('close', () => streams.delete(stream));
      return;
    }
    if (first === 'stores') {
      if (rest[2] === 'availability') return json(makeAvailability(Date.now()));
      if (rest[2] === 'topology') {
        const devices = stores.get(rest.slice(0, 2).join('/') as StoreKey)?.devices ?? [];
        return json({ branches: makeBranches(devices) });
      }
      const found = stores.get(rest.join('/') as StoreKey);
      return found === undefined ? refuse(404, 'no-such-store') : json(found);
    }
    if (first === 'devices') {
      const key = rest.join('/') as DeviceKey;
      const view = stores.get(rest.slice(0, 2).join('/') as StoreKey)?.devices.find((device) => device.key === key);
      if (view === undefined) return refuse(404, 'no-such-device');
      const host = {
        hostname: `pos-${rest[2]}`,
        os: 'Debian GNU/Linux 12',
        kernel: '6.1.0-28-amd64',
        arch: 'x64',
        cpu: 'Intel Celeron J6412',
        cpus: '4',
        memory: '8 GB',
      };
      return json({ view, host, agentVersion: '1.1.0', readings: makeReadings(Date.now() - 4_000) });
    }
    if (first === 'metrics') {
      const get = (name: string): string => url.searchParams.get(name) ?? '';
      const tags = Object.fromEntries(
        get('tags')
          .split(/,(?=[A-Za-z_]+:)/)
          .filter(Boolean)
          .map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]),
      );
      const stepMs = Number(get('step')) * 1000;
      return json({
        series: makeRange(get('measurement'), get('field'), tags, Number(get('from')), Number(get('to')), stepMs),
        stepMs,
      });
    }
    if (first === 'incidents') {
      if (rest.length === 0) {
        const state = url.searchParams.get('state');
        const store = url.searchParams.get('store');
        const listed = [...incidents.values()].filter(
          (one) =>
            (state === null || (state === 'resolved') === isOver(one.state)) && (store === null || one.store === store),
        );
        return json({ incidents: listed.slice(0, Number(url.searchParams.get('limit') ?? 100)) });
      }
      const incident = incidents.get(Number(rest[0]));
      if (incident === undefined) return refuse(404, 'no-such-incident');
      if (rest[1] === 'acknowledge') {
        timelineOf(incident).push({
          at: Date.now(),
          reason: { code: 'incident.acknowledged', params: { by: 'Nadia' } },
        });
        fixture.putIncident({
          ...incident,
          state: 'acknowledged',
          acknowledgedAt: Date.now(),
          acknowledgedBy: 'Nadia',
        });
        return done();
      }
      if (rest[1] === 'hold') {
        const { why } = (await readBody(request)) as { why: string };
        timelineOf(incident).push({
          at: Date.now(),
          reason: { code: 'incident.on-hold', params: { by: 'Nadia', why } },
        });
        const { impact, severity } = incident;
        fixture.putIncident({
          ...incident,
          state: 'on-hold',
          hold: { since: Date.now(), by: 'Nadia', why, impact, severity },
        });
        return done();
      }
      if (rest[1] === 'resume') {
        const { hold: _, ...others } = incident;
        timelineOf(incident).push({ at: Date.now(), reason: { code: 'incident.resumed', params: { by: 'Nadia' } } });
        fixture.putIncident({ ...others, state: 'acknowledged' });
        return done();
      }
      if (rest[1] === 'comments') {
        const { text } = (await readBody(request)) as { text: string };
        timelineOf(incident).push({
          at: Date.now(),
          reason: { code: 'incident.commented', params: { by: 'Nadia', text } },
        });
        fixture.putIncident(incident);
        return done();
      }
      return json({ incident, timeline: timelineOf(incident) });
    }
    return refuse(404, 'not-found');
  }

  async function answerFile(response: ServerResponse, path: string): Promise<void> {
    const asked = normalize(join(WEB, path));
    const file = extname(path) !== '' && asked.startsWith(WEB) ? asked : join(WEB, 'index.html');
    try {
      const body = await readFile(file);
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-security-policy': CSP }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture');
    const answer = url.pathname.startsWith('/api/')
      ? answerApi(request, response, url)
      : answerFile(response, url.pathname);
    answer.catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });

  const fixture: Fixture = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stores,
    incidents,
    calls: management.calls,
    changeStore(key, change) {
      const store = stores.get(key);
      if (store === undefined) throw new Error(`no store ${key} in the fixture`);
      store.tile = { ...store.tile, ...change };
      publish({ at: Date.now(), stores: [store.tile] });
    },
    putIncident(incident) {
      incidents.set(incident.number, incident);
      publish({ at: Date.now(), incidents: [incident] });
    },
    putMajor(major) {
      majors.set(major.number, major);
      publish({ at: Date.now(), majors: [major] });
    },
    hinder(...parts) {
      hindered = parts;
    },
    cut() {
      cut = true;
      for (const { response } of streams) response.destroy();
    },
    restore() {
      cut = false;
    },
    get streams() {
      return streams.size;
    },
    async close() {
      clearInterval(beat);
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  return fixture;
}

/** What only an operator reads. */
const needsRole = (path: string): boolean =>
  /^\/api\/v1\/(agents\/(tokens|quarantine)|agent-configs\/devices\/.|maintenance\/feed|backtests)/.test(path);

const MANAGED: ReadonlySet<string> = new Set([
  ...['agents', 'agent-configs', 'rollout', 'devices', 'maintenance', 'rules', 'backtests'],
]);

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
