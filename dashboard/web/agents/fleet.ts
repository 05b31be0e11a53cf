import { useComputed } from '@preact/signals';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { AgentEntry } from '../../ports.ts';
import { ApiError, apiPath, request } from '../api.ts';
import { tick } from '../state/clock.ts';
import { fold } from '../state/filter.ts';
import { useReading } from '../state/resource.ts';
import { tileOf } from '../state/wall.ts';
import { type Agent, join, usualOf } from './agent.ts';
import type { ConfigRow } from './types.ts';

export interface Fleet {
  agents: Agent[];
  /** The version most agents run: an older one is old, and a rollout that begins makes nobody so. */
  usual: string | undefined;
  /** False: agents come without certificates here. */
  hasDoor: boolean;
}

const PAGE = 1000;
const MINUTE_MS = 60_000;

/** All agents, read again every minute. */
export function useFleet() {
  const minute = useComputed(() => Math.floor(tick.value / MINUTE_MS));
  return useReading(readFleet, minute);
}

async function readFleet(): Promise<Fleet> {
  const [enrolled, configs] = await Promise.all([
    readAll<AgentEntry>(apiPath('agents'), 'agents').catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'agents-off') return undefined;
      throw error;
    }),
    readAll<ConfigRow>(apiPath('agent-configs', 'devices'), 'devices'),
  ]);
  const agents = join(enrolled ?? [], configs);
  return { agents, usual: usualOf(agents), hasDoor: enrolled !== undefined };
}

/** A list that comes in pages, by the last device of each. */
async function readAll<Row extends { device: DeviceKey }>(path: string, name: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const after = rows.at(-1)?.device;
    const query = new URLSearchParams({ limit: String(PAGE), ...(after !== undefined && { after }) });
    const page = (await request<Record<string, Row[]>>('GET', `${path}?${query}`))[name] ?? [];
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}

/** Whether an agent has every word of a search in its name, its store or its version. */
export function isFound({ device, title, store, version }: Agent, search: string): boolean {
  const hay = fold(`${device} ${title} ${tileOf(store)?.peek().title ?? ''} ${version ?? ''}`);
  return fold(search)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}
