import { sendDigests } from '../../alerting/desks/digests.ts';
import type { Desk } from '../../alerting/ports.ts';
import type { TicketContext } from '../../alerting/tickets/ticket-context.ts';
import type { Devices } from '../../collector/devices.ts';
import type { StateStore } from '../../collector/ports.ts';
import { chainOf } from '../../protocol/names.ts';

const LOOK_MS = 60_000;
/** Of three days: more than people read, far more than there should be. */
const MOST_INCIDENTS = 2_000;

/** Sends the digests of the whole installation, where this collector is in charge of it. */
export function createDigests(options: {
  state: StateStore;
  desks: Readonly<Record<string, Desk>>;
  devices: Devices;
  context: TicketContext;
  /** Whether any route asks for one: to look costs something. */
  isUsed: () => boolean;
  isInCharge: () => boolean;
  onTrouble: (desk: string, error: Error | undefined) => void;
  now: () => number;
}) {
  const { state, desks, devices, context, isUsed, isInCharge, onTrouble, now } = options;
  let timer: NodeJS.Timeout | undefined;
  let sending = Promise.resolve();

  async function send(): Promise<void> {
    if (!isUsed() || !isInCharge()) return;
    const source = {
      incidents: (since: number) => state.incidents({ since, limit: MOST_INCIDENTS }),
      toldUntil: (desk: string) => state.digests.toldUntil(desk),
      told: (desk: string, until: number) => state.digests.told(desk, until),
    };
    try {
      await sendDigests(
        { ...context, desks, source, localeOf: (store) => devices.chain(chainOf(store))?.locale ?? 'fr', onTrouble },
        now(),
      );
    } catch (error) {
      onTrouble('store', error as Error);
    }
  }

  return {
    start(): void {
      timer = setInterval(() => {
        sending = sending.then(send);
      }, LOOK_MS);
    },
    async close(): Promise<void> {
      clearInterval(timer);
      await sending;
    },
  };
}
