import { compileJudgement } from './compile-judgement.ts';
import { countLoss } from './impact-loss.ts';
import { DEFAULT_JUDGEMENT } from './judgement.ts';
import { matchScopes } from './scope.ts';
import { settleStore } from './settle.ts';
import { countClocks } from './sla-clocks.ts';
import type { EngineState, Turn } from './state.ts';
import { noteIncident } from './turn.ts';
import type { RulePack } from './types.ts';

/** So many stores have their turn at once, and then as many each time: there is time for others in between. */
const STORES_AT_ONCE = 100;
const EVERY_MS = 50;

/**
 * Other rules hold from now on. Every store is settled by them soon, some at a time; one of which something is heard is
 * judged by them from that moment. A pack that says the same changes nothing.
 */
export function swapRules(pack: RulePack, turn: Turn): void {
  const { state } = turn;
  const before = state.pack;
  if (isSame(pack, before)) return;
  takeJudgement(state, pack, turn);
  state.pack = { ...pack, rules: keepKnown(pack.rules, before.rules) };
  state.scopes = matchScopes(state.pack);
  state.judged.clear();
  let place = 0;
  for (const store of state.stores.values()) {
    const waitMs = EVERY_MS * Math.floor(place++ / STORES_AT_ONCE);
    if (waitMs === 0) settleStore(store, turn);
    else state.due.set(store, Math.min(store.dueAt, turn.now + waitMs));
  }
}

/** Weighing, deadlines and cost: what has run so far ran by what was agreed until now. */
function takeJudgement(state: EngineState, pack: RulePack, turn: Turn): void {
  const next = pack.judgement ?? DEFAULT_JUDGEMENT;
  if (isSame(next, state.pack.judgement ?? DEFAULT_JUDGEMENT)) return;
  for (const store of state.stores.values()) {
    for (const open of store.incidents.values()) {
      countLoss(store, open, turn);
      countClocks(store, open, turn);
      noteIncident(turn, open);
    }
  }
  state.judgement = compileJudgement(next);
}

/** A rule that says what it said stays the very object: nothing of what it judges is touched. */
function keepKnown(rules: RulePack['rules'], before: RulePack['rules']): RulePack['rules'] {
  const known = new Map(before.map((rule) => [rule.id, rule]));
  return rules.map((rule) => {
    const same = known.get(rule.id);
    return same && isSame(rule, same) ? same : rule;
  });
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
