export const ruleTestEn = {
  usage: 'say which files to play: vigie rules test FILE…',
  subcommands: (known: string) => `say what is to be done with rules: ${known}`,
  ok: 'ok   ',
  failed: 'FAILS',
  differs: (at: string, what: string) => `${at === '' ? 'in the end' : `at ${at}`}, ${what} (- expected, + found):`,
  notThere: (what: string) => `there is no such thing: ${what}`,
  sum: (passed: number, failed: number) => `${passed} as expected, ${failed} not`,
};

export type RuleTestWords = typeof ruleTestEn;
