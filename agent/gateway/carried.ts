import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Birth, Report } from '../../protocol/messages.ts';
import { agentTopic, deviceTopic, type TopicKind } from '../../protocol/topics.ts';
import type { Clock } from '../clock.ts';
import { createDelivery, type Delivery } from '../delivery.ts';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';
import { openOutbox } from '../outbox/outbox.ts';
import type { Link } from '../passenger.ts';
import { readMessage } from '../read-message.ts';
import { openLetters } from './letters.ts';
import type { Whereabouts } from './whereabouts.ts';

const STALE_INTERVALS = 3;
const STALE_MIN_MS = 90_000;
/** Between two lines about messages of one device that are none. */
const COMPLAINT_MS = 3_600_000;

const Kept = Type.Object(
  {
    birth: Birth,
    /** Whether the centre has this birth. */
    told: Type.Boolean(),
    address: Type.String({ maxLength: 64 }),
  },
  { additionalProperties: false },
);
type Kept = Static<typeof Kept>;

/** What every report has. No more is asked: an agent newer than this gateway may say more, and the centre checks it all. */
const AnyReport = Type.Object({ boot: Report.properties.boot, seq: Report.properties.seq, at: Report.properties.at });

export type CarriedKind = Exclude<TopicKind, 'status'>;

export interface CarriedOptions {
  folder: string;
  chain: string;
  store: string;
  device: string;
  maxBytes: number;
  maxReports: number;
  maxAgeMs: number;
  /** Reports of its backlog that may leave in a second. */
  readonly perSecond: number;
  clock: Clock;
  log: Log;
}

/** One device the gateway carries: what it said and the centre does not have yet. */
export interface Carried {
  readonly device: string;
  /** Its address in the store; empty until it was here once. */
  address: string;
  whereabouts: Whereabouts;
  readonly delivery: Delivery;
  /** Takes what it says. False: it is not on disk, and must not be acknowledged. */
  take(kind: CarriedKind, payload: Uint8Array): boolean;
  /** Topics on which the centre tells it something. */
  readonly toldOn: readonly string[];
  /** A connection is there: what waits for it leaves, but for reports, which wait for a collector. */
  board(link: Link): void;
  leave(): void;
  /** A collector is there, or not. */
  collectors(open: { receipts: boolean } | undefined): void;
  close(): void;
}

export const folderOf = (chain: string, store: string, device: string): string => `${chain}~${store}~${device}`;

/** Opens what is kept of a device, from earlier runs of the gateway too. */
export function openCarried(options: CarriedOptions): Carried {
  const { chain, store, device, clock, log } = options;
  // Names hold no `~`.
  const folder = join(options.folder, folderOf(chain, store, device));
  const keptFile = join(folder, 'device.json');
  let kept = readKept(keptFile);
  let link: Link | undefined;
  let quietUntil = Number.NEGATIVE_INFINITY;
  const outbox = openOutbox({
    folder: join(folder, 'reports'),
    maxBytes: options.maxBytes,
    maxReports: options.maxReports,
    maxAgeMs: options.maxAgeMs,
    now: clock.now,
    log,
  });
  const letters = openLetters(folder, 'letters', { clock, log });
  const delivery = createDelivery({
    outbox,
    clock,
    log,
    get staleAfterMs() {
      // A report is taken for a sign of life, which one of a device that has gone is not.
      if (carried.whereabouts.state === 'gone' || carried.whereabouts.state === 'stopped') return -1;
      return Math.max(STALE_INTERVALS * (kept?.birth.intervalS ?? 0) * 1000, STALE_MIN_MS);
    },
    get perSecond() {
      return options.perSecond;
    },
  });
  const topic = (kind: 'birth' | 'report') => deviceTopic({ chain, store, device, kind });

  /** The device's own words; where the gateway had to drop reports, it says so in the device's name. */
  function tellBirth(): void {
    if (!link || !kept) return;
    const { birth } = kept;
    const gap = outbox.gap();
    const told: Birth = gap && !birth.gap ? { ...birth, gap } : birth;
    link.publish(topic('birth'), JSON.stringify(told), true, (error) => {
      if (error) return;
      if (kept?.birth === birth) keep({ ...kept, told: true });
      if (gap && told !== birth) outbox.settleGap(gap);
    });
  }

  function takeBirth(payload: Uint8Array): void {
    const birth = readMessage(Birth, payload);
    if (!birth) {
      complain('birth');
      return;
    }
    keep({ birth, told: false, address: carried.address });
    tellBirth();
  }

  /** What is no message is acknowledged, or it would come again for ever; it is not kept. */
  function complain(kind: CarriedKind): void {
    if (clock.monotonicMs() < quietUntil) return;
    quietUntil = clock.monotonicMs() + COMPLAINT_MS;
    log('warn', 'what a device of the store says is no message and was dropped', { device, kind });
  }

  function keep(next: Kept): void {
    kept = next;
    saveKept(keptFile, kept, log);
  }

  const carried: Carried = {
    device,
    address: kept?.address ?? '',
    whereabouts: { state: 'unknown' },
    delivery,
    toldOn: (['config', 'command', 'release', 'receipt'] as const).map((kind) =>
      agentTopic(`${chain}/${store}/${device}`, kind),
    ),
    take(kind, payload) {
      switch (kind) {
        case 'report': {
          if (!readMessage(AnyReport, payload)) {
            complain(kind);
            return true;
          }
          const id = outbox.append(payload, clock.now());
          delivery.offer(id);
          return outbox.isOnDisk(id);
        }
        case 'birth':
          takeBirth(payload);
          return true;
        default:
          return letters.post(deviceTopic({ chain, store, device, kind }), payload);
      }
    },
    board(next) {
      link = next;
      next.subscribe(carried.toldOn);
      // A birth is also taken for a sign of life: of a device that is not here only what is new may be told.
      if (carried.whereabouts.state === 'here' || kept?.told === false) tellBirth();
      letters.open(next);
    },
    collectors(open) {
      if (!open || !link) return delivery.pause();
      const through = link;
      delivery.open((body, done) => through.publish(topic('report'), body, false, done), open.receipts);
    },
    leave() {
      link = undefined;
      delivery.reset();
      letters.reset();
    },
    close() {
      carried.leave();
      letters.close();
      outbox.close();
    },
  };
  return carried;
}

function readKept(file: string): Kept | undefined {
  try {
    return readMessage(Kept, readFileSync(file));
  } catch {
    return undefined;
  }
}

/** Its latest birth is told anew by the device itself on each connection: losing this loses no more than time. */
function saveKept(file: string, kept: Kept, log: Log): void {
  try {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(kept));
    renameSync(`${file}.new`, file);
  } catch (error) {
    log('warn', 'what is known of a device cannot be kept', { file, error: describeError(error) });
  }
}
