import type { CheckContext } from '../check.ts';
import type { Sale } from '../commands/load-actions.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { startUpdater, type Updater, type UpdaterOptions } from './updater.ts';

const SALE_TIMEOUT_MS = 15_000;

type Given = Omit<UpdaterOptions, 'isSelling'> & {
  /** How to know that a sale is open; without it none is ever known. */
  sale: Sale | undefined;
  context(name: string, signal: AbortSignal): CheckContext;
};

/** Starts what keeps an installed agent at the version that is wanted. */
export function startUpdates({ sale, context, ...rest }: Given): Updater {
  return startUpdater({
    ...rest,
    async isSelling() {
      if (!sale) return false;
      const { saleIsOpen } = await import('../commands/sale.ts');
      return (await saleIsOpen(sale, context('update', AbortSignal.timeout(SALE_TIMEOUT_MS)))) !== undefined;
    },
  });
}

/**
 * The same outbox, which tells when a report of this run has arrived. What waited before says nothing of this version:
 * another one made it. To be called before the first report.
 */
export function tellingDelivery(outbox: Outbox, boot: string, onDelivered: () => void): Outbox {
  let lastBefore = 0;
  for (const id of outbox.waiting()) lastBefore = id;
  return {
    ...outbox,
    acknowledge(id) {
      const isOurs = id > lastBefore && outbox.has(id);
      outbox.acknowledge(id);
      if (isOurs) onDelivered();
    },
    acknowledgeSeen(run, seen) {
      const before = outbox.stats().reports;
      outbox.acknowledgeSeen(run, seen);
      if (run !== boot) return;
      for (let left = before - outbox.stats().reports; left > 0; left--) onDelivered();
    },
  };
}
