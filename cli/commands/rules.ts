import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

/** What can be done with rules: each gets what follows its name. */
const SUBCOMMANDS: Record<string, (invocation: Invocation) => Promise<number>> = {
  test: async (invocation) => (await import('../rules/test.ts')).testRules(invocation),
};

/** Tests rules. */
export const command: Command = {
  summary: {
    en: 'tests rules against files of what is to come of them',
    fr: 'teste les règles d’après des fichiers d’essais',
  },
  operands: 'test FILE…',
  options: { tap: { type: 'boolean' } },
  help: { tap: { en: 'test: tell it as TAP', fr: 'test\u202f: le dire au format TAP' } },
  async run(invocation) {
    const [name, ...operands] = invocation.operands;
    const run = name !== undefined && Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
    if (!run) throw new Fault(words(invocation.locale).ruleTest.subcommands(Object.keys(SUBCOMMANDS).join(', ')), 2);
    return run({ ...invocation, operands });
  },
};
