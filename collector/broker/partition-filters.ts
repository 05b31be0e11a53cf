import type { StoreKey } from '../../protocol/names.ts';
import { TOPIC_ROOT, type TopicKind } from '../../protocol/topics.ts';
import type { Partition } from '../ports.ts';

/** What agents say to us. The rest below a device's topic is what we say to them. */
const FROM_AGENTS: readonly TopicKind[] = ['birth', 'status', 'report', 'reply', 'facts'];

/**
 * The subscription filters of a partition. The only one there is takes everything of ours, so that what comes from
 * outside the inventory is seen and set aside with its reason. One of several takes what its stores say; the first of them
 * takes every birth as well, so that an agent the inventory does not know is at least seen there: its owner drops
 * the births of stores that are another partition's.
 */
export function partitionFilters(partition: Partition, stores: readonly StoreKey[]): Set<string> {
  const everywhere = (kind: TopicKind) => `${TOPIC_ROOT}/+/+/+/${kind}`;
  if (partition.of === 1) return new Set(FROM_AGENTS.map(everywhere));
  const takesEveryBirth = partition.index === 0;
  const kinds = takesEveryBirth ? FROM_AGENTS.filter((kind) => kind !== 'birth') : FROM_AGENTS;
  const filters = new Set(takesEveryBirth ? [everywhere('birth')] : []);
  for (const store of stores) for (const kind of kinds) filters.add(`${TOPIC_ROOT}/${store}/+/${kind}`);
  return filters;
}
