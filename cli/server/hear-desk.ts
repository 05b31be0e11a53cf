import { MessageRefused } from '../../alerting/desks/ear.ts';
import { findBorne } from '../../alerting/desks/our-key.ts';
import type { Desk } from '../../alerting/ports.ts';
import type { DeskHeard, DeskPost } from '../../dashboard/ports.ts';
import type { ServedPartition } from './serve-partition.ts';

/** Takes in what a desk sends by itself. What it speaks of is looked for among the incidents that desk was told of. */
export async function hearDesk(
  {
    desks,
    served,
  }: { desks: Readonly<Record<string, Desk>>; served: { partitions: ServedPartition[]; total: number } },
  name: string,
  post: DeskPost,
): Promise<DeskHeard> {
  const { [name]: desk } = desks;
  if (!desk?.ear) return { outcome: 'no-such-desk' };
  let borne: string[];
  try {
    borne = desk.ear(post);
  } catch (error) {
    if (!(error instanceof MessageRefused)) throw error;
    return { outcome: 'refused', why: error.why, message: error.message };
  }
  const { partitions, total } = served;
  for (const key of borne) {
    const found = partitions.flatMap((partition) => {
      const incident = findBorne(
        key,
        partition.judge.openAt(name).map((view) => view.key),
      );
      return incident === undefined ? [] : [{ partition, incident }];
    });
    // It may be open at another collector; what is open nowhere is over, and past news.
    if (found.length === 0 && partitions.length < total) return { outcome: 'elsewhere' };
    for (const { partition, incident } of found) {
      try {
        await partition.hear(name, incident);
      } catch {
        return { outcome: 'elsewhere' };
      }
    }
  }
  return { outcome: 'heard' };
}
