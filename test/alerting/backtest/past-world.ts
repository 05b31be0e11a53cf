import { Inquiry } from '../../../alerting/backtest/asked.ts';
import type { DevicePast, PastSeries, StorePast } from '../../../alerting/backtest/ports.ts';
import { LEAD_MS, StoreReplay } from '../../../alerting/backtest/store-replay.ts';
import type { RulePack } from '../../../alerting/engine/types.ts';
import type { Point } from '../../../protocol/messages.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { Status } from '../../../protocol/status.ts';
import type { IncidentView } from '../../../protocol/views.ts';
import { AT } from '../fixtures.ts';
import { JudgeRig, makeChain, makeStore, PACK } from '../judge-rig.ts';

const STORE = 'demo/001';
const FROM = AT + LEAD_MS;
const MINUTE = 60_000;
const STEP_MS = 30_000;
export const DEVICES = ['srv-1', 'till-1', 'till-2', 'till-3'] as const;

/** Something that happens to a device, minutes from the beginning of the replay. */
export interface Episode {
  device: (typeof DEVICES)[number];
  /** `cut`: the connection breaks; what it would have said comes late. */
  kind: 'killed' | 'stopped' | 'silent' | 'cut' | 'disk' | 'cpu' | 'check' | 'flapping-check' | 'restart';
  at: number;
  minutes: number;
}

/** A store that lives, judged live and written down as a collector does; and what is left of it when it is over. */
export class PastWorld {
  readonly #episodes: readonly Episode[];
  readonly #readings = new Map<DeviceKey, { at: number; points: Point[] }[]>();
  readonly #rig: JudgeRig;
  readonly to: number;

  private constructor(rig: JudgeRig, episodes: readonly Episode[], minutes: number) {
    this.#rig = rig;
    this.#episodes = episodes;
    this.to = FROM + minutes * MINUTE;
  }

  static async live(episodes: readonly Episode[], minutes = 60): Promise<PastWorld> {
    const rig = await JudgeRig.open({ inventory: [makeChain([makeStore('001', 'Nantes')])], desks: [] });
    const world = new PastWorld(rig, episodes, minutes);
    await world.#live();
    return world;
  }

  /** Incidents that were really opened from the beginning of the replay on. */
  get opened(): IncidentView[] {
    const all = this.#rig.judgements.flatMap(({ writes }) => writes.incidents.map(({ incident }) => incident));
    const last = new Map(all.map((incident) => [incident.key, incident]));
    return [...last.values()].filter(({ openedAt }) => openedAt >= FROM);
  }

  async past(): Promise<StorePast> {
    const { state, inventory } = this.#rig;
    const [definition] = inventory[0]?.stores ?? [];
    if (!definition) throw new Error('the rig has no store');
    return {
      key: STORE,
      simulated: false,
      definition,
      observed: [],
      tree: undefined,
      windows: [],
      evidence: await state.judged.evidence(STORE, AT, this.to, 100_000),
      late: await state.availability.evidence(STORE, AT, this.to),
      opened: this.opened.map(({ cause, openedAt, resolvedAt }) => ({
        target: cause.target,
        openedAt,
        ...(resolvedAt !== undefined && { resolvedAt }),
      })),
    };
  }

  /** What the metrics store has of a stretch. */
  readings(from: number, to: number): Map<DeviceKey, DevicePast> {
    return new Map([...this.#readings].map(([device, all]) => [device, pastOf(all, from, to)]));
  }

  async replay(packs: readonly RulePack[] = [PACK], stretchMs = 3_600_000) {
    const replay = new StoreReplay(await this.past(), packs, new Inquiry(packs), FROM);
    for (let at = AT; at < this.to; at += stretchMs) {
      const until = Math.min(at + stretchMs, this.to);
      replay.take(this.readings(at, until), until);
    }
    return replay.end();
  }

  close(): Promise<void> {
    return this.#rig.close();
  }

  async #live(): Promise<void> {
    const moments: { at: number; run: () => Promise<unknown> }[] = [];
    const present = (device: DeviceKey, at: number, evidence: 'birth' | 'lost' | 'stopped') =>
      moments.push({
        at,
        run: () =>
          this.#rig.feed({
            kind: 'presence',
            device,
            at,
            evidence,
            ...(evidence === 'birth' && { intervalS: STEP_MS / 1000 }),
          }),
      });
    for (const [i, name] of DEVICES.entries()) {
      const device: DeviceKey = `${STORE}/${name}`;
      present(device, AT + i, 'birth');
      for (let due = AT + 1000 + i * 7000; due < this.to; due += STEP_MS) {
        // Two things never happen at the very same instant.
        const at = due + (((due / 1000) * 37) % 901);
        moments.push({ at, run: () => this.#report(name, device, at) });
      }
    }
    for (const { kind, device, at, minutes } of this.#episodes) {
      const [from, to] = [FROM + at * MINUTE + 500, FROM + (at + minutes) * MINUTE + 1_233];
      if (kind === 'killed' || kind === 'cut') present(`${STORE}/${device}`, from, 'lost');
      if (kind === 'stopped') present(`${STORE}/${device}`, from, 'stopped');
      if (kind === 'killed' || kind === 'cut' || kind === 'stopped') present(`${STORE}/${device}`, to, 'birth');
      if (kind === 'cut') moments.push({ at: to + 200, run: () => this.#sendKept(device, from, to) });
      if (kind === 'restart') moments.push({ at: from, run: () => this.#rig.restart().then(() => this.#rig.feed()) });
    }
    moments.sort((a, b) => a.at - b.at);
    for (const { at, run } of moments) {
      if (at >= this.to) break;
      await this.#rig.pass((at - this.#rig.now) / 1000);
      await run();
    }
    await this.#rig.pass((this.to - this.#rig.now) / 1000);
  }

  #isIn(device: string, at: number, ...kinds: Episode['kind'][]): boolean {
    return this.#episodes.some(
      (one) =>
        one.device === device &&
        kinds.includes(one.kind) &&
        at >= FROM + one.at * MINUTE &&
        at < FROM + (one.at + one.minutes) * MINUTE,
    );
  }

  async #report(name: string, device: DeviceKey, at: number): Promise<void> {
    if (this.#isIn(name, at, 'killed', 'stopped', 'silent', 'cut')) return;
    const points = this.#points(name, at);
    this.#keep(device, at, points);
    const isBad =
      this.#isIn(name, at, 'check') || (this.#isIn(name, at, 'flapping-check') && Math.floor(at / MINUTE) % 2 === 0);
    const status: Status = isBad ? 'critical' : 'ok';
    const statuses = [{ check: 'net_response:pos', status }];
    await this.#rig.feed({ kind: 'report', device, at, late: false, points, statuses });
  }

  /** Everything a device kept while it was cut off comes at once. */
  async #sendKept(name: string, from: number, to: number): Promise<void> {
    const device: DeviceKey = `${STORE}/${name}`;
    for (let at = from + 1000; at < to; at += STEP_MS) {
      const points = this.#points(name, at);
      this.#keep(device, at, points);
      await this.#rig.feed({ kind: 'report', device, at, late: true, points, statuses: [] });
    }
  }

  #points(name: string, at: number): Point[] {
    const noise = ((at / 1000) * 7919) % 10;
    return [
      { m: 'disk', t: { path: '/' }, f: { used_percent: this.#isIn(name, at, 'disk') ? 97 : 40 + noise / 10 } },
      { m: 'cpu', f: { usage_active: this.#isIn(name, at, 'cpu') ? 99 : 20 + noise } },
    ];
  }

  #keep(device: DeviceKey, at: number, points: Point[]): void {
    const kept = this.#readings.get(device) ?? [];
    this.#readings.set(device, kept);
    kept.push({ at, points });
  }
}

function pastOf(all: readonly { at: number; points: readonly Point[] }[], from: number, to: number): DevicePast {
  const within = all.filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at);
  const times = Float64Array.from(within, ({ at }) => at);
  const series = (m: string, field: string, tags: Record<string, string>): PastSeries => ({
    measurement: m,
    tags,
    field,
    times,
    values: Float64Array.from(within, ({ points }) => points.find((point) => point.m === m)?.f[field] ?? 0),
  });
  return {
    heard: times,
    series: [series('disk', 'used_percent', { path: '/' }), series('cpu', 'usage_active', {})],
    rollups: [],
  };
}
