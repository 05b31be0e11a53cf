import type { RuleRevisionsWords } from './rule-revisions-en.ts';

const count = (n: number, one: string, many: string) => `${n} ${n < 2 ? one : many}`;
const devices = (n: number) => count(n, 'équipement', 'équipements');
const stores = (n: number) => count(n, 'magasin', 'magasins');

export const ruleRevisionsFr: RuleRevisionsWords = {
  needs: (flags) => `${flags}\u202f: à préciser`,
  faults: (path, n) => `${path}\u202f: rien n’a été modifié, ${count(n, 'défaut', 'défauts')}\u202f:`,
  changedMeanwhile: 'quelqu’un a modifié les règles entre-temps\u202f: relisez l’effet, puis relancez la commande',
  noSuch: 'cette révision antérieure n’existe pas, ou n’est plus conservée (vigie rules log)',
  reach: (n, inStores) => `${devices(n)} dans ${stores(inStores)}`,
  gains: (n) => `${n} de plus`,
  loses: (n) => `${n} de moins`,
  total: (n, inStores) => `${devices(n)} dans ${stores(inStores)} ${n < 2 ? 'jugé' : 'jugés'} autrement.`,
  ending: (n) => `${count(n, 'alerte en cours prend fin', 'alertes en cours prennent fin')}\u202f:`,
  more: (n) => `… et ${n} de plus`,
  nothing: 'Ces règles disent ce qui s’applique déjà.',
  dryRun: 'Rien n’a été modifié\u202f: --why=… --yes le fait.',
  backtest: (file) => `Ce qu’elles auraient donné par le passé\u202f: vigie backtest --rules ${file}`,
  holds: (revision) => `La révision ${revision} s’applique.`,
  none: 'Aucune révision n’a été appliquée.',
  backTo: (revision) => (revision === 0 ? 'retour au fichier du serveur' : `retour à la révision ${revision}`),
  whole: (path, rules) => `${path}\u202f: ${count(rules, 'règle', 'règles')}, aucun défaut.`,
  source: {
    revision: (id, at, by, why) => `révision ${id}, ${at}, ${by}\u202f: ${why}`,
    file: 'celles du fichier du serveur',
    default: 'celles fournies avec Vigie',
  },
};
