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

/** The same outbox, whose acknowledgements are told as well. */
export const tellingDelivery = (outbox: Outbox, onDelivered: () => void): Outbox => ({
  ...outbox,
  acknowledge(id) {
    outbox.acknowledge(id);
    onDelivered();
  },
  acknowledgeSeen(boot, seen) {
    const before = outbox.stats().reports;
    outbox.acknowledgeSeen(boot, seen);
    for (let left = before - outbox.stats().reports; left > 0; left--) onDelivered();
  },
});
