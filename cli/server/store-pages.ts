import type { Devices } from '../../collector/devices.ts';
import type { StateStore } from '../../collector/ports.ts';
import type { StorePagePort } from '../../dashboard/ports/store-pages.ts';
import { STORE_PAGE_WORDS } from '../../dashboard/server/store-page/words.ts';
import { chainOf, type DeviceKey, type StoreKey, storeOf } from '../../protocol/names.ts';
import { type Satisfaction, STORE_WORD_CHECK, type StoreWord } from '../../protocol/store-words.ts';
import { tellHearsay } from './hearsay.ts';
import type { Served } from './served.ts';

export interface StorePages {
  port: StorePagePort;
  /** Ends what was said too long ago. */
  endOld(): Promise<void>;
  /** Words nobody has taken back for too long end by themselves from now on. */
  start(): void;
  close(): void;
}

/** A shop closes within that: by the next morning a lane is tried again, and said to be blocked again if it is. */
const STANDS_MS = 12 * 3_600_000;
const LOOK_EVERY_MS = 60_000;

/** What stores say of their lanes becomes the status of a check of the till, judged like any other. */
export async function createStorePages({
  state,
  devices,
  served,
  publicUrl,
  onTrouble,
  now,
}: {
  state: StateStore;
  devices: Pick<Devices, 'chain'>;
  served: Pick<Served, 'submit' | 'wakeOutbox'>;
  publicUrl: string | undefined;
  onTrouble: (error: Error) => void;
  now: () => number;
}): Promise<StorePages> {
  const { storePages } = state;
  const localeOf = (store: StoreKey) => devices.chain(chainOf(store))?.locale ?? 'fr';
  let timer: NodeJS.Timeout | undefined;

  const tell = (device: DeviceKey, status: 'critical' | 'ok', text?: string): Promise<void> =>
    tellHearsay(served, device, [{ check: STORE_WORD_CHECK, status, ...(text !== undefined && { text }) }], now());

  /** Judged first: a word that is kept is one that counts. */
  async function blocked({ device, by, note, at }: StoreWord): Promise<void> {
    const words = STORE_PAGE_WORDS[localeOf(storeOf(device))];
    await tell(device, 'critical', words.word(words.by[by], note));
    await storePages.putWord({ device, at, by, note });
  }

  async function works(device: DeviceKey): Promise<void> {
    await tell(device, 'ok');
    await storePages.endWord(device);
  }

  /** What is not well goes on, as long as it may: the same incident, the same ticket. */
  async function answer(given: Omit<Satisfaction, 'at'>): Promise<void> {
    await storePages.answer({ ...given, at: now() });
    const found = given.isWell ? undefined : (await state.incident(given.incident))?.incident;
    if (!found) return;
    const why = STORE_PAGE_WORDS[localeOf(given.store)].goesOn(given.note);
    await served.submit(given.store, { kind: 'reopen', incident: found.key, by: found.storeTitle, why });
    served.wakeOutbox(given.store);
  }

  async function endOld(): Promise<void> {
    for (const { device, at } of await storePages.words()) if (now() - at >= STANDS_MS) await works(device);
  }

  return {
    port: {
      key: await state.secret('store-page'),
      publicUrl,
      localeOf,
      generation: (store) => storePages.generation(store),
      async revoke(store, by) {
        const generation = await storePages.raiseGeneration(store);
        await state.audit({ at: now(), who: by, action: 'store-links.revoked', detail: store });
        return generation;
      },
      words: (store) => storePages.words(store),
      blocked: (device, by, note) => blocked({ device, by, note, at: now() }),
      works,
      answer,
      answerTo: (incident) => storePages.answerTo(incident),
      answers: (from, to) => storePages.answers(from, to),
    },
    endOld,
    start() {
      timer = setInterval(() => void endOld().catch(onTrouble), LOOK_EVERY_MS);
    },
    close: () => clearInterval(timer),
  };
}
