import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorePast } from '../../alerting/backtest/ports.ts';
import type { JudgedEvidence } from '../../alerting/ports.ts';
import { defaultRulePackPath } from '../../alerting/rules/read-rule-pack.ts';
import { packedReadings } from '../../cli/backtest/readings.ts';
import { runBacktest } from '../../cli/backtest/run.ts';
import { type EmbeddedMetricsStore, openEmbeddedMetricsStore } from '../../collector/metrics/embedded-store.ts';
import { type DeviceKey, type StoreKey, storeKey } from '../../protocol/names.ts';
import type { Figure } from './figure.ts';
import { memoryChain } from './memory-chain.ts';
import { Host } from './metrics-store.ts';

/** Fewer, for a quick look: the figures are those of 500 all the same. */
const STORES = Number(process.env.BENCH_STORES ?? 500);
const STEP_MS = 30_000;
const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 2, 2);
/** Of a device in fifty the power is pulled, for ten minutes. */
const FAULTY = 50;
const GONE_MS = 600_000;
/** Devices whose day is written at once. */
const GROUP = 64;

/** A day of 500 stores, 8,000 devices with a report of 20 points every 30 s, judged again by today's rules and by others. */
export async function benchBacktest(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-backtest-'));
  const metrics = openEmbeddedMetricsStore(join(folder, 'metrics.db'), {
    onDamage: ({ message }) => {
      throw new Error(message);
    },
  });
  try {
    const pasts = storesOfADay();
    await fill(metrics, pasts);
    const rules = readFileSync(defaultRulePackPath, 'utf8');
    const { user, system } = process.cpuUsage();
    const began = performance.now();
    const answer = await runBacktest(
      { rules: [rules, stricter(rules)], from: FROM, to: FROM + DAY_MS, stores: [...pasts.keys()] },
      {
        storePast: async (store) => pasts.get(store),
        readings: packedReadings(metrics, 14),
        evidenceFrom: FROM,
        now: () => FROM + DAY_MS,
      },
      { threads: 2, onProgress: () => {}, signal: new AbortController().signal },
    );
    const seconds = (performance.now() - began) / 1000;
    const spent = process.cpuUsage({ user, system });
    if (answer.before.incidents < answer.devices / FAULTY / 2) throw new Error('the replay has found no faults');
    const scale = 500 / STORES;
    return [
      {
        what: `backtest: a day of 500 stores, 8,000 devices${scale === 1 ? '' : `, from ${STORES}`}`,
        fr: 'rejeu : un jour de 500 magasins, 8 000 équipements',
        value: seconds * scale,
        unit: 's',
        budget: '60',
      },
      {
        what: 'processor time of it, both sets of rules',
        fr: 'temps processeur, les deux jeux de règles',
        value: ((spent.user + spent.system) / 1e6) * scale,
        unit: 's',
        budget: '',
      },
      {
        what: 'incidents found',
        fr: 'incidents trouvés',
        value: answer.before.incidents,
        unit: '',
        budget: '',
      },
    ];
  } finally {
    await metrics.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rules that raise a little sooner. */
const stricter = (rules: string): string => rules.replaceAll(' for: 1 min', ' for: 30 s');

function storesOfADay(): Map<StoreKey, StorePast> {
  const pasts = new Map<StoreKey, StorePast>();
  for (const chain of memoryChain(STORES).chains) {
    for (const definition of chain.stores) {
      const key = storeKey(chain.name, definition.name);
      pasts.set(key, {
        key,
        simulated: true,
        definition,
        observed: [],
        tree: undefined,
        windows: [],
        evidence: definition.devices.flatMap(({ name }, i) => evidenceOf(key, `${key}/${name}`, pasts.size * 16 + i)),
        late: [],
        opened: [],
      });
    }
  }
  return pasts;
}

/** When this device is gone; undefined for one that is well all day. */
const goneFrom = (number: number): number | undefined =>
  number % FAULTY === 7 ? FROM + 36_000_000 + (number % 1000) * 10_000 : undefined;

function evidenceOf(store: StoreKey, device: DeviceKey, number: number): JudgedEvidence[] {
  const at = goneFrom(number);
  const told = { kind: 'presence' as const, store, device };
  const birth = { ...told, at: FROM - 7 * DAY_MS, evidence: 'birth' as const, intervalS: STEP_MS / 1000 };
  if (at === undefined) return [birth];
  return [birth, { ...told, at, evidence: 'lost' }, { ...birth, at: at + GONE_MS }];
}

async function fill(metrics: EmbeddedMetricsStore, pasts: ReadonlyMap<StoreKey, StorePast>): Promise<void> {
  const devices = [...pasts.values()].flatMap(({ key, definition }) =>
    definition.devices.map(({ name }): DeviceKey => `${key}/${name}`),
  );
  for (const [number, device] of devices.entries()) {
    const host = new Host(number);
    const gone = goneFrom(number) ?? Number.POSITIVE_INFINITY;
    for (let at = FROM - 2 * 3_600_000; at < FROM + DAY_MS; at += STEP_MS) {
      const rows = host.report(device, at + (number % 30) * 1000);
      if (at < gone || at > gone + GONE_MS) metrics.append(rows);
    }
    if (number % GROUP === GROUP - 1 || number === devices.length - 1) await metrics.flush();
  }
}
