import { batch, signal } from '@preact/signals';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { Beat, Hindrance, Reading, ReadingsDelta, WallDelta, WallSnapshot } from '../../../protocol/views.ts';
import { ApiError, apiPath, request } from '../api.ts';
import { serverNow, trustClock } from './clock.ts';
import { applyDelta, applySnapshot } from './wall.ts';

/** Beats come every 5 s: two missed and a margin. */
const SILENCE_MS = 12_000;
/** A stream that comes back sooner was not worth a word. */
const GRACE_MS = 2_000;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** `waiting` until the first picture; `refused` when reading needs a token. */
export const picture = signal<'waiting' | 'shown' | 'failed' | 'refused'>('waiting');

/** Since when the stream is cut (ms since 1970, server time); undefined while it flows. */
export const staleSince = signal<number | undefined>(undefined);

/** When the picture was last known to be right (server time). */
export const heardAt = signal<number | undefined>(undefined);

/** What keeps Vigie itself from its work, worst first. */
export const hindered = signal<readonly Hindrance[]>([]);

/** What the followed device reported last, by series. */
export const readings = signal<ReadonlyMap<string, Reading>>(new Map());

/** Moves whenever the followed device tells something by itself. */
export const eventsTold = signal(0);

let source: EventSource | undefined;
let lastId = '';
let followed: DeviceKey | undefined;
let brokenAt: number | undefined;
let attempt = 0;
let retry: ReturnType<typeof setTimeout> | undefined;

/** Names a series within its device. */
const seriesId = ({ measurement, field, tags }: Reading): string =>
  `${measurement} ${field} ${Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(' ')}`;

/** Fetches the picture and follows it from there; tries again by itself for as long as it takes. */
export async function startLive(): Promise<void> {
  clearTimeout(retry);
  try {
    const snapshot = await request<WallSnapshot>('GET', apiPath('wall'));
    trustClock(snapshot.at);
    heardAt.value = serverNow();
    lastId = snapshot.id;
    batch(() => {
      applySnapshot(snapshot);
      picture.value = 'shown';
    });
    openStream();
  } catch (error) {
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
      picture.value = 'refused';
      return;
    }
    if (picture.peek() !== 'shown') picture.value = 'failed';
    retryLater();
  }
}

/** Also follows the readings of one device, or of none. */
export function followDevice(device: DeviceKey | undefined): void {
  if (device === followed) return;
  followed = device;
  readings.value = new Map();
  if (source !== undefined) openStream();
}

/** Takes readings that came otherwise than over the stream. */
export function takeReadings(device: DeviceKey, list: readonly Reading[]): void {
  if (device !== followed) return;
  const next = new Map(readings.peek());
  for (const reading of list) {
    const id = seriesId(reading);
    const known = next.get(id);
    if (known === undefined || known.at <= reading.at) next.set(id, reading);
  }
  readings.value = next;
}

/** Says when the stream has gone quiet. Once for the life of the page. */
export function watchStream(): void {
  setInterval(() => {
    const last = heardAt.peek();
    if (last === undefined || staleSince.peek() !== undefined) return;
    const silent = serverNow() - last > SILENCE_MS;
    if (silent || (brokenAt !== undefined && Date.now() - brokenAt > GRACE_MS)) staleSince.value = last;
    // A connection may hang without an error: only a new one tells.
    if (silent) openStream();
  }, 500);
  window.addEventListener('online', () => void startLive());
}

function retryLater(): void {
  clearTimeout(retry);
  const waitMs = RETRY_MS[Math.min(attempt++, RETRY_MS.length - 1)] as number;
  retry = setTimeout(() => void startLive(), waitMs);
}

function openStream(): void {
  source?.close();
  const query = new URLSearchParams({ since: lastId, ...(followed === undefined ? {} : { device: followed }) });
  const stream = new EventSource(`${apiPath('live')}?${query}`);
  source = stream;

  const on = <T>(name: string, take: (data: T) => void): void => {
    stream.addEventListener(name, (event) => {
      if (source !== stream) return;
      const message = event as MessageEvent<string>;
      if (message.lastEventId !== '') lastId = message.lastEventId;
      batch(() => {
        take(JSON.parse(message.data) as T);
        heard();
      });
    });
  };
  on<WallSnapshot>('snapshot', applySnapshot);
  on<WallDelta>('delta', applyDelta);
  on<ReadingsDelta>('readings', ({ device, readings: list, events = 0 }) => {
    takeReadings(device, list);
    if (device === followed) eventsTold.value += events;
  });
  on<Beat>('beat', (beat) => {
    trustClock(beat.at);
    hindered.value = beat.hindered ?? [];
  });
  stream.addEventListener('open', () => {
    if (source === stream) heard();
  });
  stream.addEventListener('error', () => {
    if (source !== stream) return;
    brokenAt ??= Date.now();
    if (stream.readyState !== EventSource.CLOSED) return;
    source = undefined;
    retryLater();
  });
}

/** The stream flows. */
function heard(): void {
  brokenAt = undefined;
  attempt = 0;
  heardAt.value = serverNow();
  staleSince.value = undefined;
}
