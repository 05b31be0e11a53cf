import type { RuleTestWords } from './rule-test-en.ts';

export const ruleTestFr: RuleTestWords = {
  usage: 'dites quels fichiers jouer\u202f: vigie rules test FICHIER…',
  subcommands: (known) => `dites que faire des règles\u202f: ${known}`,
  ok: 'ok   ',
  failed: 'ÉCHEC',
  differs: (at, what) => `${at === '' ? 'à la fin' : `à ${at}`}, ${what} (- attendu, + obtenu)\u202f:`,
  notThere: (what) => `cela n’existe pas\u202f: ${what}`,
  sum: (passed, failed) => `${passed} comme attendu, ${failed} non`,
};
