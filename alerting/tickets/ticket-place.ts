import { chainOf, nameOf } from '../../protocol/names.ts';
import type { TicketSubject } from '../ports.ts';

/** Where it happens and what is at fault, as programs file it. */
export interface TicketPlace {
  chain: string;
  /** Absent of a major incident. */
  store?: string;
  /** Absent where it is the store as a whole, or several. */
  device?: string;
  /** The rule that told it, or what the stores have in common. */
  rule: string;
  /** Where it comes from, in short: `001/till-3`, `001`, `acme`. */
  source: string;
}

export function ticketPlace(view: TicketSubject): TicketPlace {
  if ('chain' in view) {
    const rule = view.cause.kind === 'common' ? view.cause.attribute : 'storm';
    return { chain: view.chain, rule, source: view.chain };
  }
  const { store: key, cause } = view;
  const store = nameOf(key);
  if (cause.kind === 'store') return { chain: chainOf(key), store, rule: cause.rule, source: store };
  const device = nameOf(cause.target);
  return { chain: chainOf(key), store, device, rule: cause.rule, source: `${store}/${device}` };
}
