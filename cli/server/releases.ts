import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { Check } from 'typebox/schema';
import { Calendar } from '../../alerting/engine/calendar.ts';
import type { DoorRoutes } from '../../collector/admission/door.ts';
import type { Devices } from '../../collector/devices.ts';
import type { Broker, KeptRelease, StateStore } from '../../collector/ports.ts';
import { Distribution, type DistributionOptions } from '../../collector/releases/distribution.ts';
import { releaseRoute } from '../../collector/releases/door-route.ts';
import { ReleaseFiles } from '../../collector/releases/release-files.ts';
import type { ReleasesPort, UpdateStanding } from '../../dashboard/ports/releases.ts';
import type { Store } from '../../protocol/inventory.ts';
import { Release } from '../../protocol/releases.ts';
import { withoutSelf } from './self-watch.ts';

const STEP_MS = 20_000;
const MINUTE_MS = 60_000;
const MOST_SHOWN = 200;
const MOST_TRIES = 5;
const ATTENTION: ReadonlySet<UpdateStanding> = new Set(['refused', 'missing', 'trying', 'told']);

export interface ReleaseRooms {
  state: StateStore;
  devices: Devices;
  broker: Broker;
  dataDir: string;
  presences: DistributionOptions['presences'];
  /** One collector of several moves the rollout on. */
  isInCharge: () => boolean;
  log: FastifyBaseLogger;
  now: () => number;
}

/** Versions of the agent: kept, handed out, rolled out. */
export function createReleases(rooms: ReleaseRooms): {
  port: ReleasesPort;
  door: DoorRoutes;
  start(): void;
  close(): Promise<void>;
} {
  const { state, devices, broker, isInCharge, log, now } = rooms;
  const { releases } = state;
  const files = new ReleaseFiles(join(rooms.dataDir, 'releases'));
  const distribution = new Distribution({
    state,
    chains: () => withoutSelf(devices.judged()),
    presences: rooms.presences,
    hoursOf: calendars(),
    publish: (topic, payload, options) => broker.publish(topic, payload, options),
    now,
  });
  let timer: NodeJS.Timeout | undefined;
  let stepping = Promise.resolve();
  const step = () => {
    stepping = stepping
      .then(async () => {
        if (isInCharge()) await distribution.step();
        else distribution.rest();
      })
      .catch((err: unknown) => log.error({ err }, 'the rollout of a version cannot go on; it is tried again'));
    return stepping;
  };
  const find = async (version: string) => (await releases.list()).find(({ release }) => release.version === version);
  const note = (who: string, action: string, detail: string) => state.audit({ at: now(), who, action, detail });

  const entryOf = ({ release, at, by }: KeptRelease) => ({
    version: release.version,
    at,
    by,
    downgrade: release.downgrade === true,
    files: release.files.map(({ platform, size, packed }) => ({
      platform,
      size,
      packed,
      isHere: files.size(release.version, platform) !== undefined,
    })),
  });

  const port: ReleasesPort = {
    async list() {
      const rollout = await releases.rollout();
      const standings = [...distribution.standings];
      const counts: Partial<Record<UpdateStanding, number>> = {};
      for (const [, standing] of standings) counts[standing] = (counts[standing] ?? 0) + 1;
      return {
        releases: (await releases.list()).map(entryOf),
        rollout: rollout && {
          version: rollout.version,
          attempt: rollout.attempt,
          state: rollout.state,
          wave: rollout.wave,
          startedAt: rollout.startedAt,
          waveAt: rollout.waveAt,
          by: rollout.by,
          canary: rollout.canary,
          sharePercent: rollout.share * 100,
          whileOpen: rollout.whileOpen,
          counts,
          attention: standings
            .filter(([, standing]) => ATTENTION.has(standing))
            .slice(0, MOST_SHOWN)
            .map(([device, standing]) => ({ device, standing })),
        },
      };
    },

    async add(signed, by) {
      let release: unknown;
      try {
        release = JSON.parse(signed.body);
      } catch {
        return 'malformed';
      }
      if (!Check(Release, release)) return 'malformed';
      if (!(await releases.add({ release, signed, at: now(), by }))) return 'exists';
      await note(by, 'release.added', release.version);
      return 'done';
    },

    async upload(version, platform, body) {
      const kept = await find(version);
      if (!kept?.release.files.some((file) => file.platform === platform)) return 'no-such';
      return (await files.take(kept.release, platform, body)) ? 'done' : 'wrong';
    },

    async start(wish, by) {
      const kept = await find(wish.version);
      if (!kept) return 'no-such';
      if (kept.release.files.some(({ platform }) => files.size(wish.version, platform) === undefined)) return 'no-file';
      if (wish.canary.some((store) => !devices.store(store))) return 'no-store';
      const before = await releases.rollout();
      if (before?.state === 'running' || before?.state === 'paused') return 'running';
      // The former one is taken back first: a new one forgets to whom it was told.
      await step();
      if ((await releases.told()).size > 0) return 'running';
      const at = now();
      await releases.begin({
        version: wish.version,
        // Whatever the version was: one that was refused for a number is tried again for a greater one only.
        attempt: (before?.attempt ?? 0) + 1,
        state: 'running',
        wave: 'canary',
        startedAt: at,
        waveAt: at,
        by,
        canary: wish.canary,
        share: wish.sharePercent / 100,
        soakMs: wish.soakMinutes * MINUTE_MS,
        returnMs: wish.returnMinutes * MINUTE_MS,
        mayFail: wish.mayFailPercent / 100,
        spreadS: Math.round(wish.spreadMinutes * 60),
        bytesPerSecond: wish.kbPerSecond * 1024,
        whileOpen: wish.whileOpen,
      });
      await note(by, 'rollout.started', `${wish.version}: ${wish.canary.join(', ')}`);
      await step();
      return 'done';
    },

    async change(next, by) {
      // A step in between may move it: what a person says counts for what it has become, too.
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const rollout = await releases.rollout();
        if (!rollout || !CHANGES[next].has(rollout.state)) return false;
        const nobody = { tell: [], takeBack: [], at: now() };
        if (!(await releases.advance(rollout, { ...rollout, state: next }, nobody))) continue;
        await note(by, `rollout.${next}`, rollout.version);
        await step();
        return true;
      }
      throw new Error('the rollout keeps being changed by others');
    },
  };

  return {
    port,
    door: releaseRoute(files),
    start() {
      timer = setInterval(() => void step(), STEP_MS);
      void step();
    },
    async close() {
      clearInterval(timer);
      await stepping;
    },
  };
}

/** A store without hours is always open. Stores that keep the same hours share their calendar. */
function calendars(): (store: Store) => Calendar | undefined {
  const known = new Map<string, Calendar>();
  return ({ hours, timeZone }) => {
    if (!hours) return undefined;
    const key = `${timeZone} ${JSON.stringify(hours)}`;
    const calendar = known.get(key) ?? new Calendar(hours, timeZone);
    known.set(key, calendar);
    return calendar;
  };
}

/** From which states a person may bring a rollout to another. */
const CHANGES = {
  running: new Set(['paused', 'stopped']),
  paused: new Set(['running']),
  aborted: new Set(['running', 'paused', 'stopped']),
} satisfies Record<string, ReadonlySet<string>>;
