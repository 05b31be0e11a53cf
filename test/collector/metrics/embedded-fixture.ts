import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DamagedChunk } from '../../../collector/metrics/chunk-reader.ts';
import {
  type EmbeddedMetricsOptions,
  type EmbeddedMetricsStore,
  openEmbeddedMetricsStore,
} from '../../../collector/metrics/embedded-store.ts';

export interface EmbeddedFixture {
  path: string;
  damage: DamagedChunk[];
  open: () => EmbeddedMetricsStore;
  dispose: () => void;
}

/** A folder of its own for one embedded store. */
export function embeddedFixture(options: Omit<EmbeddedMetricsOptions, 'onDamage'> = {}): EmbeddedFixture {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-metrics-'));
  const path = join(folder, 'metrics.db');
  const damage: DamagedChunk[] = [];
  return {
    path,
    damage,
    open: () => openEmbeddedMetricsStore(path, { ...options, onDamage: (one) => damage.push(one) }),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
