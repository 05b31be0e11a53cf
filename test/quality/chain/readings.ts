import { modelDevice, readDevice } from '../../../cli/demo/device-model.ts';
import { fraction, hashText, mix } from '../../../cli/demo/random.ts';
import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { Point } from '../../../protocol/messages.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import { CHAIN, type FleetDevice } from './fleet.ts';

/*
 * What devices tell. Of a well one the demo's models say how a day goes: some twenty devices of each kind are read once for
 * each hour, and all others say what one of those does, each its own disk, certificate and battery beside it.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const VARIANTS = 20;
/** What it tells is what another of the models says, so long. */
const TURN_MS = 300_000;
/** As `network UPS tools` has them. */
const ON_LINE = 8;
const ON_BATTERY = 16;

/** What befalls a device, as far as its readings show it. Times are milliseconds since 1970. */
export interface Condition {
  cpu?: (at: number) => number;
  memory?: (at: number) => number;
  disk?: (at: number) => number;
  daysLeft?: (at: number) => number;
  /** Mains are gone since. */
  onBatterySince?: number;
  onBackup?: boolean;
  sellsOffline?: boolean;
  checks?: Map<string, CheckStatus>;
}

/** The reading of one device: what its next report holds. Reused from report to report. */
export interface Sheet {
  points: Point[];
  statuses: CheckStatus[];
}

type Pool = { points: Point[]; statuses: CheckStatus[] }[];
const pools = new Map<string, Pool>();

function poolOf(kind: DeviceKind, hour: number): Pool {
  const name = `${kind} ${hour}`;
  let pool = pools.get(name);
  if (!pool) {
    pool = Array.from({ length: VARIANTS }, (_, i) => {
      const key = `${CHAIN}/model/${kind}-${i}` as const;
      const device = modelDevice({ key, kind, timeZone: 'UTC' }, 1, 0);
      const at =
        40 * DAY_MS + i * DAY_MS + hour * HOUR_MS + Math.floor((fraction(mix(device.seed, hour)) * HOUR_MS) / 2);
      const { points, statuses } = readDevice(device, at, {
        bootedAt: 0,
        diskFill: 0,
        uplinkDown: false,
        onBattery: false,
      });
      return { points: points.filter(({ m }) => m === 'cpu' || m === 'mem' || m === 'net_response'), statuses };
    });
    pools.set(name, pool);
  }
  return pool;
}

/** Whatever is a device's own: how full its disk is, when its certificate ends, how long its battery lasts. */
export class Readings {
  readonly #kind: DeviceKind;
  readonly #seed: number;
  readonly #sheet: Sheet = { points: [], statuses: [] };
  readonly #disk: Point | undefined;
  readonly #certificate: Point | undefined;
  readonly #ups: Point | undefined;
  readonly #wan: Point | undefined;
  readonly #sales: Point | undefined;
  readonly batteryMs: number;
  readonly diskUsual: number;
  readonly certificateFrom: number;
  readonly condition: Condition = {};

  constructor({ key, device: { kind } }: FleetDevice, seed: number, startedAt: number, hasBackup: boolean) {
    this.#kind = kind;
    this.#seed = hashText(seed, key);
    const trait = (salt: number) => fraction(mix(this.#seed, salt));
    const isComputer = kind === 'till' || kind === 'self-checkout' || kind === 'server' || kind === 'gateway';
    this.diskUsual = 34 + 24 * trait(1);
    this.batteryMs = (8 + 22 * trait(2)) * 60_000;
    // Renewed every ninety days, with twenty left.
    this.certificateFrom = startedAt - trait(3) * 70 * DAY_MS;
    if (isComputer) this.#disk = { m: 'disk', t: { path: '/', fstype: 'ext4' }, f: { used_percent: 0 } };
    if (kind === 'server')
      this.#certificate = { m: 'x509_cert', t: { source: 'https://localhost' }, f: { days_left: 90 } };
    if (kind === 'ups')
      this.#ups = {
        m: 'upsd',
        t: { ups_name: 'store' },
        f: { status_flags: ON_LINE, battery_charge_percent: 100, time_left_ns: this.batteryMs * 1e6 },
      };
    if (kind === 'gateway' && hasBackup)
      this.#wan = { m: 'wan_path', t: { link: 'fibre' }, f: { link_index: 0, on_backup: 0 } };
    if (kind === 'till' || kind === 'self-checkout')
      this.#sales = { m: 'unsent_sales', f: { count: 0, oldest_age_seconds: 0, selling_offline: 0 } };
  }

  get check(): string {
    return this.#kind === 'server' ? 'process:store-server' : 'process:pos';
  }

  /** What a report made now says. `localHour`: by the store's clock. */
  at(now: number, localHour: number): Sheet {
    const { points, statuses } = this.#sheet;
    const pool = poolOf(this.#kind, localHour);
    const usual = pool[mix(this.#seed, Math.floor(now / TURN_MS)) % VARIANTS] as Pool[number];
    let count = 0;
    for (const point of usual.points) points[count++] = point;
    if (this.#disk) {
      this.#disk.f.used_percent = this.condition.disk?.(now) ?? this.usualDisk(now);
      points[count++] = this.#disk;
    }
    if (this.#certificate) {
      this.#certificate.f.days_left = this.condition.daysLeft?.(now) ?? this.usualDaysLeft(now);
      points[count++] = this.#certificate;
    }
    if (this.#ups) points[count++] = this.#tellUps(this.#ups, now);
    if (this.#wan) {
      const onBackup = this.condition.onBackup === true;
      this.#wan.t = { link: onBackup ? '4G' : 'fibre' };
      this.#wan.f = { link_index: onBackup ? 1 : 0, on_backup: onBackup ? 1 : 0 };
      points[count++] = this.#wan;
    }
    if (this.#sales) {
      this.#sales.f.selling_offline = this.condition.sellsOffline ? 1 : 0;
      points[count++] = this.#sales;
    }
    points.length = count;
    statuses.length = 0;
    for (const status of usual.statuses) statuses.push(status);
    if (this.#isOverridden()) this.#override(points, statuses, now);
    return this.#sheet;
  }

  usualDisk(now: number): number {
    return this.diskUsual + ((now / (7 * DAY_MS) + this.diskUsual) % 1) * 5;
  }

  usualDaysLeft(now: number): number {
    return 90 - (((now - this.certificateFrom) / DAY_MS) % 70);
  }

  #tellUps(point: Point, now: number): Point {
    const since = this.condition.onBatterySince;
    const left = since === undefined ? 1 : Math.max(0, 1 - (now - since) / this.batteryMs);
    point.f.status_flags = since === undefined ? ON_LINE : ON_BATTERY;
    point.f.battery_charge_percent = 100 * left;
    point.f.time_left_ns = this.batteryMs * left * 1e6;
    return point;
  }

  #isOverridden(): boolean {
    const { cpu, memory, checks } = this.condition;
    return (
      cpu !== undefined ||
      memory !== undefined ||
      checks !== undefined ||
      this.#ups !== undefined ||
      this.#wan !== undefined
    );
  }

  #override(points: Point[], statuses: CheckStatus[], now: number): void {
    const { cpu, memory, checks, onBatterySince, onBackup } = this.condition;
    if (cpu || memory)
      points.forEach((point, i) => {
        if (cpu && point.m === 'cpu') points[i] = { ...point, f: { usage_active: cpu(now) } };
        if (memory && point.m === 'mem') points[i] = { ...point, f: { used_percent: memory(now) } };
      });
    if (this.#ups) {
      statuses.length = 0;
      statuses.push({ check: 'upsd', status: onBatterySince === undefined ? 'ok' : 'warning' });
    }
    if (this.#wan) statuses.push({ check: 'wan_path', status: onBackup ? 'warning' : 'ok' });
    if (checks === undefined) return;
    for (const [name, status] of checks) {
      const place = statuses.findIndex(({ check }) => check === name);
      if (place < 0) statuses.push(status);
      else statuses[place] = status;
    }
  }
}
