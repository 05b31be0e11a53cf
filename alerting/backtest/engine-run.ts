import { type EngineState, emptyState, loadStore, nextDue, saveStore, step } from '../engine/engine.ts';
import type { EngineEvent, RulePack } from '../engine/types.ts';
import type { StorePast } from './ports.ts';
import { Tally } from './tally.ts';

/** One set of rules at work on the past of one store: the very engine that judges live. */
export class EngineRun {
  #state: EngineState;
  readonly #tally: Tally;

  constructor(pack: RulePack, store: StorePast, at: number, from: number) {
    this.#state = emptyState(pack);
    this.#tally = new Tally(from);
    const { key, simulated, definition, observed, tree, windows } = store;
    for (const [device, attributes] of observed) this.step({ kind: 'observed', device, attributes }, at);
    if (windows.length > 0) this.step({ kind: 'maintenance', windows }, at);
    this.step({ kind: 'inventory', store: key, simulated, definition }, at);
    if (tree) this.step({ kind: 'topology', store: key, parents: tree }, at);
  }

  step(event: EngineEvent, at: number): void {
    const result = step(this.#state, event, at);
    this.#state = result.state;
    if (result.effects.length > 0 || result.transitions.length > 0) this.#tally.take(result, at);
  }

  /** Lets time pass, with a tick whenever one is due before `until`. */
  pass(until: number): void {
    for (let due = nextDue(this.#state); due !== undefined && due < until; due = nextDue(this.#state)) {
      this.step({ kind: 'tick' }, due);
    }
  }

  /** Goes on from what another run knows of the store. */
  begin(saved: string | undefined, { key }: StorePast, at: number): void {
    if (saved !== undefined) loadStore(this.#state, key, saved);
    this.step({ kind: 'started' }, at);
  }

  save({ key }: StorePast): string | undefined {
    return saveStore(this.#state, key);
  }

  end() {
    return this.#tally.end();
  }
}
