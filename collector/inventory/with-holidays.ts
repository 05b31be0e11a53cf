import type { Chain, Store } from '../../protocol/inventory.ts';

const known = new WeakMap<Store, { chain: Pick<Chain, 'holidays' | 'observes'>; store: Store }>();

/**
 * A store with the holiday lists it keeps: its own choice, else what its chain observes; lists of the chain written out.
 * Asked again for the same store, it is the same object.
 */
export function withHolidays({ holidays, observes }: Chain, store: Store): Store {
  const { hours } = store;
  const lists = hours?.holidays ?? observes;
  if (!hours || !lists) return store;
  const before = known.get(store);
  if (before && before.chain.holidays === holidays && before.chain.observes === observes) return before.store;
  const written = lists.map((list) => (typeof list === 'string' ? (holidays?.[list] ?? list) : list));
  const effective: Store = { ...store, hours: { ...hours, holidays: written } };
  known.set(store, { chain: { ...(holidays && { holidays }), ...(observes && { observes }) }, store: effective });
  return effective;
}
