import { isDeepStrictEqual } from 'node:util';
import type { EngineEvent } from '../../alerting/engine/types.ts';
import { type Facts, observedAttributes } from '../../protocol/facts.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { FactsStore } from '../ports.ts';
import { takeFacts } from './take-facts.ts';

/** Keeps what agents tell of their devices, one after the other. */
export class FactsKeeper {
  readonly #store: Pick<FactsStore, 'get' | 'save'>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: Pick<FactsStore, 'get' | 'save'>) {
    this.#store = store;
  }

  /** Resolves once it is kept, to what judgement has to know of it, if that is news. Rejects when the store refuses. */
  take(device: DeviceKey, told: Facts, at: number): Promise<EngineEvent | undefined> {
    const taken = this.#last.then(() => this.#take(device, told, at));
    this.#last = taken.catch(() => {});
    return taken;
  }

  async #take(device: DeviceKey, told: Facts, at: number): Promise<EngineEvent | undefined> {
    const before = await this.#store.get(device);
    const news = takeFacts(before, device, told, at);
    if (!news) return undefined;
    await this.#store.save(news.kept, news.changes);
    const attributes = observedAttributes(news.kept.facts);
    if (before && isDeepStrictEqual(attributes, observedAttributes(before.facts))) return undefined;
    return { kind: 'observed', device, attributes };
  }
}
