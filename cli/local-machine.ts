import { hostname } from 'node:os';
import type { Chain, Locale } from '../protocol/inventory.ts';
import { words } from './words/index.ts';

/** Where the machine `vigie start` runs on stands in the inventory. */
export const LOCAL = { chain: 'local', store: '001' } as const;

/** The machine's own name, in the letters a device's name may have. */
export function localDeviceName(): string {
  const name = hostname()
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64);
  return name === '' ? 'this-machine' : name;
}

/** A chain of one store with one till: this machine. */
export function localChain(locale: Locale): Chain {
  const { myChain, thisMachine } = words(locale);
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  return {
    name: LOCAL.chain,
    title: myChain,
    locale,
    stores: [
      {
        name: LOCAL.store,
        title: thisMachine,
        timeZone,
        devices: [{ name: localDeviceName(), title: hostname(), kind: 'till', lane: 1 }],
      },
    ],
  };
}
