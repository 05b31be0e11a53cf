import type { Told, Words } from './words.ts';

/** What several stores have in common, in French. */
type Sentences = Pick<
  Words['reasons'],
  | 'incident.beneath'
  | 'incident.on-its-own'
  | 'major.common'
  | 'major.storm'
  | 'major.evidence'
  | 'major.rate'
  | 'major.grew'
  | 'major.renamed'
  | 'major.resolved'
  | 'major.strays'
>;

const ATTRIBUTES: Readonly<Record<string, string>> = {
  region: 'région',
  change: 'changement',
  carrier: 'opérateur',
  posversion: 'version de caisse',
  'software.pos': 'version de caisse',
  agentversion: 'version de l’agent',
  acquirer: 'acquéreur',
  paymentacquirer: 'acquéreur',
  access: 'accès',
  model: 'modèle',
  switchmodel: 'modèle de commutateur',
  os: 'système',
  storeclass: 'classe de magasin',
  class: 'classe de magasin',
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
  return name.startsWith('deployed.') ? `mise à jour récente (${value})` : value;
};

/** A coincidence as likely as that. */
const chance = (told: Told): string => {
  const among = 1 / told.number('p');
  if (among >= 1e6) return 'moins d’une chance sur un million';
  return `une chance sur ${told.has('p') ? Math.floor(among) : told.text('p')}`;
};

export const majorsFr = (kindOf: (kind: string) => string): Sentences => {
  const symptom = (told: Told): string => {
    const text = told.text('symptom');
    const [sort = '', ...rest] = text.split(':');
    const what = rest.join(':');
    if (sort === 'network') return 'Magasins coupés';
    if (sort === 'power') return 'Coupure de courant';
    if (sort === 'payment') return 'Paiement en panne';
    if (sort === 'silent') return `Muet dans plusieurs magasins (${kindOf(what).toLowerCase()})`;
    if (sort === 'check') return `Contrôle «\u202f${what}\u202f» en échec dans plusieurs magasins`;
    return `Même alerte dans plusieurs magasins (${what})`;
  };
  return {
    'incident.beneath': (told) => `Rattaché à l’incident majeur n°\u00a0${told.text('number')}`,
    'incident.on-its-own': (told) => `N’est plus rattaché à l’incident majeur n°\u00a0${told.text('number')}`,
    'major.common': (told) => `${symptom(told)}\u202f: ${named(told)}`,
    'major.storm': 'Tempête d’incidents, sans point commun apparent',
    'major.evidence': (told) =>
      `${told.count('failed')} magasins touchés sur ${told.count('of')} (${named(told)}), ${told.count('others')} sur ${told.count('ofOthers')} ailleurs\u202f; un hasard aurait ${chance(told)}`,
    'major.rate': (told) =>
      `${told.count('incidents')} incidents en ${told.duration('seconds')}, dans ${told.count('stores')} magasins`,
    'major.grew': (told) =>
      told.number('added') < 2
        ? `Un magasin de plus, ${told.count('stores')} en tout`
        : `${told.count('added')} magasins de plus, ${told.count('stores')} en tout`,
    'major.renamed': (told) => `Point commun établi\u202f: ${named(told)}`,
    'major.resolved': (told) => `Résolu\u202f: tous les magasins sont rétablis depuis ${told.duration('quietS')}`,
    'major.strays': (told) =>
      told.number('stores') < 2
        ? 'Résolu\u202f: il ne reste qu’un magasin, dont la panne est traitée à part'
        : `Résolu\u202f: il ne reste que ${told.count('stores')} magasins, dont la panne est traitée à part`,
  };
};
