import type { RuleValuesWords } from './rule-values-en.ts';

export const ruleValuesFr: RuleValuesWords = {
  levels: {
    pack: 'règles',
    chain: 'enseigne',
    group: 'groupe',
    store: 'magasin',
    kind: 'type',
    device: 'équipement',
  },
  within: (place) => `dans ${place}`,
  off: 'désactivée',
  on: 'activée',
  passedOver: (origin) => `incompatible avec les réglages plus généraux, donc ignoré\u202f: ${origin}`,
  devices: (count) => (count <= 1 ? `${count} équipement` : `${count} équipements`),
  noDevice: (place) =>
    `aucun magasin ni équipement ${place}\u202f; la forme attendue est enseigne/magasin ou enseigne/magasin/équipement`,
  needsPlace: 'nommez un magasin ou un équipement, ou un fichier de règles avec --rules',
  nothingElse: 'Toutes les valeurs sont celles des règles elles-mêmes.',
  faults: (count) => `${count} exception(s) ou groupe(s) à revoir\u202f:`,
  inventoryWithoutRules: '--inventory accompagne les règles d’un fichier\u202f: nommez-le avec --rules',
};
