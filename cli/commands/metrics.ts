import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openInfluxMetricsStore } from '../../collector/influx/influx-store.ts';
import { openEmbeddedMetricsStore } from '../../collector/metrics/embedded-store.ts';
import type { MetricsStore } from '../../collector/ports.ts';
import { horizonsOf } from '../../collector/sinks/chores.ts';
import type { Command, Invocation } from '../command.ts';
import { copyMetrics } from '../copy-metrics.ts';
import { Fault } from '../fault.ts';
import { lockHolder } from '../lock.ts';
import { readSettings, type ServerSettings } from '../settings.ts';
import { words } from '../words/index.ts';

const KINDS = ['embedded', 'influx'] as const;
type Kind = (typeof KINDS)[number];

/** Work on readings that are kept. */
export const command: Command = {
  summary: {
    en: 'copies readings from one metrics store to another',
    fr: 'copie les mesures d’une base de mesures à une autre',
  },
  operands: 'copy',
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    config: { type: 'string' },
    'data-dir': { type: 'string' },
  },
  help: {
    from: { en: 'The store to read: embedded or influx', fr: 'La base à lire\u202f: embedded ou influx' },
    to: { en: 'The store to write: embedded or influx', fr: 'La base à écrire\u202f: embedded ou influx' },
    config: {
      en: 'Configuration file of the server (YAML): says where InfluxDB is',
      fr: 'Fichier de configuration du serveur (YAML)\u202f: il dit où est InfluxDB',
    },
    'data-dir': {
      en: 'Data folder of the server: holds the embedded store (./data)',
      fr: 'Dossier de données du serveur\u202f: il contient la base embarquée (./data)',
    },
  },
  async run(invocation) {
    const { operands, locale, say, stop } = invocation;
    const text = words(locale).copy;
    if (operands.length !== 1 || operands[0] !== 'copy') throw new Fault(text.usage);
    const [from, to] = [kindOf(invocation, 'from'), kindOf(invocation, 'to')];
    if (from === to) throw new Fault(text.same);
    const settings = readSettings(invocation, { dataDir: 'data' });
    const source = open(from, settings, { mustExist: true });
    let target: MetricsStore | undefined;
    try {
      target = open(to, settings, { mustExist: false });
      // What is rolled up in the one is to find its place in the other.
      await target.retain(horizonsOf(settings.retention, Date.now()));
      const done = await copyMetrics({
        from: source,
        to: target,
        stop,
        now: () => performance.now(),
        onProgress: ({ percent, perSecond, secondsLeft }) =>
          say(text.progress(percent, Math.round(perSecond), secondsLeft === undefined ? undefined : span(secondsLeft))),
      });
      const refused = Object.entries(target.refused ?? {});
      for (const [reason, points] of refused) say(text.refused(points, reason));
      say(done.complete ? text.done(done.readings, done.rollups) : text.interrupted(done.readings, done.rollups));
      return done.complete && refused.length === 0 ? 0 : 1;
    } catch (error) {
      if (error instanceof Error && /^(?:Influx|MetricsStore)Error$/.test(error.name)) {
        throw new Fault(text.failed(error.message));
      }
      throw error;
    } finally {
      await target?.close();
      await source.close();
    }
  },
};

function kindOf({ flags, locale }: Invocation, flag: 'from' | 'to'): Kind {
  const kind = KINDS.find((one) => one === flags[flag]);
  if (kind === undefined) throw new Fault(words(locale).copy.badKind(`--${flag}`, String(flags[flag] ?? '')));
  return kind;
}

function open(kind: Kind, settings: ServerSettings, { mustExist }: { mustExist: boolean }): MetricsStore {
  const { dataDir, locale, metrics, retention } = settings;
  const text = words(locale).copy;
  if (kind === 'influx') {
    if (metrics.kind !== 'influx') throw new Fault(text.noInflux);
    const { kind: _kind, ...options } = metrics;
    return openInfluxMetricsStore(options, { retention });
  }
  const path = join(dataDir, 'metrics.sqlite');
  if (mustExist && !existsSync(path)) throw new Fault(text.noEmbedded(path));
  const holder = lockHolder(join(dataDir, 'server.lock'));
  // A server that has InfluxDB configured leaves the file alone.
  if (holder !== undefined && metrics.kind === 'embedded') throw new Fault(text.inUse(path, holder));
  try {
    return openEmbeddedMetricsStore(path, { onDamage: () => {} });
  } catch (error) {
    throw new Fault(holder === undefined ? (error as Error).message : text.inUse(path, holder));
  }
}

/** Seconds as hours, minutes and seconds: 1:02:03. */
function span(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
