import { SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { showRules } from '../rules/show.ts';
import { words } from '../words/index.ts';

/** What judges, and where each of its values comes from. */
export const command: Command = {
  summary: {
    en: 'shows the rules that judge a device, and where each value comes from',
    fr: 'montre les règles qui jugent un équipement, et d’où vient chaque valeur',
  },
  operands: 'show [STORE|DEVICE]',
  options: {
    ...SERVER_CALL_OPTIONS,
    ...{ rules: { type: 'string' }, inventory: { type: 'string' }, changed: { type: 'boolean' } },
  },
  help: {
    ...SERVER_CALL_HELP,
    rules: {
      en: 'show: by the rules of this file, not those of the server',
      fr: 'show\u202f: selon les règles de ce fichier, non celles du serveur',
    },
    inventory: {
      en: 'show: with --rules, the stores of this file, not those of the server',
      fr: 'show\u202f: avec --rules, les magasins de ce fichier, non ceux du serveur',
    },
    changed: {
      en: 'show: only what is not as the rules themselves say',
      fr: 'show\u202f: seulement ce qui diffère des règles elles-mêmes',
    },
  },
  async run(invocation) {
    const [what = '', ...operands] = invocation.operands;
    const act = Object.hasOwn(ACTIONS, what) ? ACTIONS[what] : undefined;
    if (!act) throw new Fault(words(invocation.locale).badArguments(what || command.operands));
    await act({ ...invocation, operands });
    return 0;
  },
};

/** Each gets what follows its name as operands. */
const ACTIONS: Readonly<Record<string, (invocation: Invocation) => Promise<void>>> = {
  show: showRules,
};
