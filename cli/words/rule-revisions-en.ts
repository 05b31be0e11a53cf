const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
const devices = (n: number) => count(n, 'device', 'devices');
const stores = (n: number) => count(n, 'store', 'stores');

export const ruleRevisionsEn = {
  needs: (flags: string) => `${flags}: say it`,
  faults: (path: string, n: number) => `${path}: nothing was changed, ${count(n, 'fault', 'faults')}:`,
  changedMeanwhile: 'somebody changed the rules meanwhile: look at the effect again, then repeat the command',
  noSuch: 'there is no such earlier revision, or it is no longer kept (vigie rules log)',
  reach: (n: number, inStores: number) => `${devices(n)} in ${stores(inStores)}`,
  gains: (n: number) => `${n} more`,
  loses: (n: number) => `${n} no longer`,
  total: (n: number, inStores: number) => `${devices(n)} in ${stores(inStores)} judged otherwise.`,
  ending: (n: number) => `${count(n, 'standing alert ends', 'standing alerts end')}:`,
  more: (n: number) => `… and ${n} more`,
  nothing: 'These rules say what holds already.',
  dryRun: 'Nothing was changed: --why=… --yes does it.',
  backtest: (file: string) => `What it would have done in the past: vigie backtest --rules ${file}`,
  holds: (revision: number) => `Revision ${revision} holds.`,
  none: 'No revision was applied.',
  backTo: (revision: number) => (revision === 0 ? 'back to the server’s file' : `back to revision ${revision}`),
  whole: (path: string, rules: number) => `${path}: ${count(rules, 'rule', 'rules')}, no fault.`,
  source: {
    revision: (id: number, at: string, by: string, why: string) => `revision ${id}, ${at}, ${by}: ${why}`,
    file: 'the server’s file',
    default: 'those Vigie comes with',
  },
};
export type RuleRevisionsWords = typeof ruleRevisionsEn;
