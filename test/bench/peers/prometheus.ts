import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../support/free-port.ts';
import { temporaryFolder } from '../leftovers.ts';
import { startLoad } from '../load.ts';
import { startPeer } from '../peer-process.ts';
import { parsePrometheus, totalOf } from '../prometheus-text.ts';
import { DEVICES, DEVICES_PER_STORE, VALUE_NAMES, VALUES_PER_REPORT } from '../report-shape.ts';
import type { PeerSystem } from './system.ts';

/** `up` and four `scrape_*` series that Prometheus adds to every target are not counted as values. */
const ADDED_SERIES = 5;
const RULES_PER_GROUP = 5;
const IDLE_MS = 2_000;
const READY_S = 30;

/** Scrapes every device and judges every rule at one interval: the offered rate is devices over interval. */
export const prometheus: PeerSystem = {
  name: { en: 'Prometheus', fr: 'Prometheus' },
  judges: {
    en: 'a rule per series name, as often as it scrapes',
    fr: 'une règle par nom de série, aussi souvent que les relevés',
  },
  acknowledges: {
    en: 'nothing: it fetches; log not synced per sample',
    fr: 'rien : il va chercher ; journal non synchronisé',
  },
  guess: 2_500,
  async start() {
    const folder = temporaryFolder('prometheus');
    const inFolder = (name: string) => join(folder.path, name);
    const write = (name: string, content: unknown) => writeFileSync(inFolder(name), JSON.stringify(content));
    const [port, targetsPort] = [await freePort(), await freePort()];
    const base = `http://127.0.0.1:${port}`;
    const configure = (intervalMs: number) =>
      write('prometheus.yml', {
        global: Object.fromEntries(
          ['scrape_interval', 'scrape_timeout', 'evaluation_interval'].map((key) => [key, `${intervalMs}ms`]),
        ),
        rule_files: [inFolder('rules.yml')],
        scrape_configs: [{ job_name: 'devices', file_sd_configs: [{ files: [inFolder('targets.json')] }] }],
      });
    write('targets.json', targetGroups(targetsPort));
    write('rules.yml', { groups: ruleGroups() });
    configure(IDLE_MS);
    const targets = await startLoad(new URL('scrape-targets.ts', import.meta.url), targetsPort);
    const server = await startPeer({
      program: 'prometheus',
      args: [
        `--config.file=${inFolder('prometheus.yml')}`,
        `--storage.tsdb.path=${inFolder('data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--web.enable-lifecycle',
        '--log.level=warn',
      ],
      isReady: async () => (await fetch(`${base}/-/ready`)).ok,
    }).catch(async (error) => {
      await targets.stop();
      folder.remove();
      throw error;
    });
    const stop = async () => {
      await server.stop();
      await targets.stop();
      folder.remove();
    };
    await knowsItsTargets(base).catch(async (error) => {
      await stop();
      throw error;
    });
    return {
      parts: { prometheus: server.pid },
      loads: [targets.pid],
      async offer(reportsPerS) {
        const intervalMs = reportsPerS === 0 ? IDLE_MS : Math.max(1, Math.round((DEVICES / reportsPerS) * 1000));
        configure(intervalMs);
        const answer = await fetch(`${base}/-/reload`, { method: 'POST' });
        if (!answer.ok) throw new Error(`Prometheus refuses its configuration: ${await answer.text()}`);
        return (DEVICES / intervalMs) * 1000;
      },
      async look() {
        const figures = parsePrometheus(await (await fetch(`${base}/metrics`)).text());
        const total = (name: string) => totalOf(figures, `prometheus_${name}`);
        return {
          at: performance.now(),
          committed: total('tsdb_head_samples_appended_total') / (VALUES_PER_REPORT + ADDED_SERIES),
          acknowledged: undefined,
          judged: {
            done: total('rule_group_iterations_total') - total('rule_group_iterations_missed_total'),
            missed: total('rule_group_iterations_missed_total'),
          },
        };
      },
      stop,
    };
  },
};

/** It takes its time to read who is to be scraped: resolves when it has scraped every device. */
async function knowsItsTargets(base: string): Promise<void> {
  for (const until = performance.now() + READY_S * 1000; performance.now() < until; await pause(500)) {
    const answer = await fetch(`${base}/api/v1/query?query=sum(up)`);
    const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
    if (Number(data.result[0]?.value[1]) === DEVICES) return;
  }
  throw new Error(`Prometheus has not scraped every device after ${READY_S} s`);
}

function targetGroups(port: number) {
  return Array.from({ length: DEVICES }, (_, device) => ({
    targets: [`127.0.0.1:${port}`],
    labels: {
      __metrics_path__: `/device/${device}`,
      instance: `d${device % DEVICES_PER_STORE}`,
      store: `s${Math.floor(device / DEVICES_PER_STORE)}`,
    },
  }));
}

function ruleGroups() {
  const rules = VALUE_NAMES.map(([m, field]) => ({ alert: `${m}_${field}_high`, expr: `${m}_${field} > 1000` }));
  const groups = Math.ceil(rules.length / RULES_PER_GROUP);
  return Array.from({ length: groups }, (_, group) => ({
    name: `values-${group}`,
    rules: rules.slice(group * RULES_PER_GROUP, (group + 1) * RULES_PER_GROUP),
  }));
}
