import { groupsDueAt, judgeGroups } from './evaluate-composite.ts';
import { judgeNoData, noDataDueAt } from './evaluate-no-data.ts';
import { checkedOf, noteChecked, openingDueAt } from './evaluate-opening.ts';
import { confirmSilence, judgeSilence, silenceDueAt } from './evaluate-silence.ts';
import { foldDueAt, foldStore, heldUntil, noteSilence } from './fold.ts';
import { endHolds, holdsDueAt } from './hold.ts';
import { weighIncidents } from './impact.ts';
import { countLosses } from './impact-loss.ts';
import { keepUp } from './inventory.ts';
import { markPlanned, plannedDueAt } from './maintenance/suppress.ts';
import { nameSuspects } from './maintenance/suspects.ts';
import { forgetSales, salesDueAt } from './offline-sale.ts';
import { quietDueAt, settleQuiet } from './plan.ts';
import { advancePresence, presenceDueAt } from './presence.ts';
import { closeDueAt, closeEnded } from './reopen.ts';
import { forgetReserves, reservesDueAt } from './reserves.ts';
import { endRested, restDueAt } from './rest.ts';
import { clocksDueAt, runClocks } from './sla-clocks.ts';
import type { DeviceEntry, StoreEntry, Turn } from './state.ts';
import { refreshView } from './view.ts';

/**
 * Works whatever has changed through every stage of the store, and finds when time alone will change something again.
 * Each stage looks at what is, not at what has just happened: settling twice does no more than settling once.
 */
export function settleStore(store: StoreEntry, turn: Turn): void {
  const { pack, due } = turn.state;
  const held = (device: DeviceEntry) => heldUntil(device, pack.settleS, turn.now);
  keepUp(store, turn);
  store.open = store.calendar?.isOpen(turn.now) ?? true;
  advancePresence(store, turn);
  forgetSales(store, turn);
  forgetReserves(store, turn);
  judgeSilence(store, turn);
  judgeNoData(store, turn);
  endRested(store, turn);
  noteSilence(store, turn);
  confirmSilence(store, held, turn);
  judgeGroups(store, turn);
  const checked = checkedOf(turn);
  foldStore(store, turn);
  noteChecked(store, checked, turn);
  nameSuspects(store, turn);
  markPlanned(store, turn);
  settleQuiet(store, turn);
  closeEnded(store, turn);
  refreshView(store, turn);
  weighIncidents(store, turn);
  endHolds(store, turn);
  countLosses(store, turn);
  runClocks(store, turn);
  let dueAt = Math.min(
    store.calendar?.holdsUntil(turn.now) ?? Number.POSITIVE_INFINITY,
    silenceDueAt(store, held, turn.now),
    plannedDueAt(store, turn.now),
    openingDueAt(store, turn.now),
    groupsDueAt(store),
    foldDueAt(store, turn.now, pack.graceS),
    quietDueAt(store, pack),
    closeDueAt(store, pack.reopenS),
    clocksDueAt(store, turn),
    holdsDueAt(store),
  );
  for (const device of store.devices)
    dueAt = Math.min(
      dueAt,
      salesDueAt(device),
      reservesDueAt(device),
      noDataDueAt(device, turn.now),
      restDueAt(device),
    );
  store.calmUntil = isWell(store) ? dueAt : 0;
  due.set(store, Math.min(dueAt, silentAt(store)));
}

/**
 * Settles a store whose time has come. Mostly that is when its devices would have fallen silent, had they not been heard
 * since: a store that is well, by the rules that hold, is not settled for that.
 */
export function wakeStore(store: StoreEntry, turn: Turn): void {
  const dueAt = Math.min(store.calmUntil, silentAt(store));
  if (dueAt > turn.now && store.pack === turn.state.pack) turn.state.due.set(store, dueAt);
  else settleStore(store, turn);
}

/** When presence has to be looked at again. */
function silentAt({ devices }: StoreEntry): number {
  let dueAt = Number.POSITIVE_INFINITY;
  for (const device of devices) dueAt = Math.min(dueAt, presenceDueAt(device));
  return dueAt;
}

const isWell = ({ incidents, devices, whole }: StoreEntry): boolean =>
  incidents.size === 0 && !whole?.alerts && devices.every(({ alerts }) => alerts === undefined);
