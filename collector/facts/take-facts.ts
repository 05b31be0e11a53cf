import { type FactChange, type Facts, PASSING_FACTS, pathParts, SEEN_AROUND } from '../../protocol/facts.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { KeptFacts } from '../ports.ts';

/**
 * What is known of a device once its agent has told this, and what changed by it; undefined when it was told before. What
 * could not be read this time stays as it was known. The first that is ever told changes nothing: it is how things are.
 * @param at when it was gathered, by our clock.
 */
export function takeFacts(
  kept: KeptFacts | undefined,
  device: DeviceKey,
  told: Facts,
  at: number,
): { kept: KeptFacts; changes: FactChange[] } | undefined {
  if (kept?.boot === told.boot && told.seq <= kept.seq) return undefined;
  const unread = told.unread ?? {};
  const facts: Record<string, string> = { ...told.facts };
  for (const [path, value] of Object.entries(kept?.facts ?? {})) {
    const isUnread = Object.hasOwn(unread, path) || Object.hasOwn(unread, pathParts(path).section);
    if (isUnread && !Object.hasOwn(facts, path)) facts[path] = value;
  }
  const now: KeptFacts = { device, boot: told.boot, seq: told.seq, at, facts, unread };
  return { kept: now, changes: kept ? changesBetween(kept.facts, facts, at) : [] };
}

function changesBetween(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  at: number,
): FactChange[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path): FactChange[] => {
    const from = Object.hasOwn(before, path) ? before[path] : undefined;
    const to = Object.hasOwn(after, path) ? after[path] : undefined;
    if (from === to || PASSING_FACTS.has(path) || SEEN_AROUND.has(pathParts(path).section)) return [];
    return [{ at, path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
}
