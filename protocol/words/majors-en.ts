import type { majorsFr } from './majors-fr.ts';
import type { Told } from './words.ts';

const ATTRIBUTES: Readonly<Record<string, string>> = {
  posversion: 'POS version',
  'software.pos': 'POS version',
  agentversion: 'agent version',
  paymentacquirer: 'acquirer',
  switchmodel: 'switch model',
  os: 'OS',
  storeclass: 'store class',
  class: 'store class',
};

/** `store.carrier` is its last part, by the word people have for it. */
const attribute = (name: string): string => {
  const last = name.slice(name.indexOf('.') + 1);
  return ATTRIBUTES[last.toLowerCase()] ?? last;
};

/** What was installed lately says so: `deployed.software.pos`. */
const named = (told: Told): string => {
  const name = told.text('attribute');
  const value = `${attribute(name)} ${told.text('value')}`;
  return name.startsWith('deployed.') ? `recent update (${value})` : value;
};

/** A coincidence as likely as that. */
const chance = (told: Told): string => {
  const among = 1 / told.number('p');
  if (among >= 1e6) return 'less than one chance in a million';
  return `one chance in ${told.has('p') ? Math.floor(among) : told.text('p')}`;
};

/** What several stores have in common, in English. */
export const majorsEn = (kindOf: (kind: string) => string): ReturnType<typeof majorsFr> => {
  const symptom = (told: Told): string => {
    const text = told.text('symptom');
    const [sort = '', ...rest] = text.split(':');
    const what = rest.join(':');
    if (sort === 'network') return 'Stores cut off';
    if (sort === 'power') return 'Power cut';
    if (sort === 'payment') return 'Payment out of order';
    if (sort === 'silent') return `Silent in several stores (${kindOf(what).toLowerCase()})`;
    if (sort === 'check') return `Check ‘${what}’ failing in several stores`;
    return `Same alert in several stores (${what})`;
  };
  return {
    'incident.beneath': (told) => `Part of major incident no. ${told.text('number')}`,
    'incident.on-its-own': (told) => `No longer part of major incident no. ${told.text('number')}`,
    'major.common': (told) => `${symptom(told)}: ${named(told)}`,
    'major.storm': 'Storm of incidents with nothing evident in common',
    'major.evidence': (told) =>
      `${told.count('failed')} of ${told.count('of')} stores with ${named(told)} are affected, ${told.count('others')} of ${told.count('ofOthers')} elsewhere; a coincidence would have ${chance(told)}`,
    'major.rate': (told) =>
      `${told.count('incidents')} incidents within ${told.duration('seconds')}, in ${told.count('stores')} stores`,
    'major.grew': (told) =>
      told.number('added') === 1
        ? `One more store, ${told.count('stores')} in all`
        : `${told.count('added')} more stores, ${told.count('stores')} in all`,
    'major.renamed': (told) => `Common cause established: ${named(told)}`,
    'major.resolved': (told) => `Resolved: all stores have been back for ${told.duration('quietS')}`,
    'major.strays': (told) =>
      told.number('stores') === 1
        ? 'Resolved: one store is left, whose fault is handled on its own'
        : `Resolved: ${told.count('stores')} stores are left, whose faults are handled on their own`,
  };
};
