import type { Delivery } from './delivery.ts';

/** Tells whether a collector is there: it is what opens and ends the delivery of reports. */
export function watchLink(delivery: Delivery, onLink: (isUp: boolean) => void): Delivery {
  return {
    ...delivery,
    open(publish, receipts) {
      delivery.open(publish, receipts);
      onLink(true);
    },
    pause() {
      delivery.pause();
      onLink(false);
    },
    reset() {
      delivery.reset();
      onLink(false);
    },
  };
}
