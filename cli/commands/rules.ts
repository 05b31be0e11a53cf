import { SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { applyRules } from '../rules/apply.ts';
import { checkRules } from '../rules/check.ts';
import { diffRules } from '../rules/diff.ts';
import { exportRules } from '../rules/export.ts';
import { logRules } from '../rules/log.ts';
import { showRules } from '../rules/show.ts';
import { testRules } from '../rules/test.ts';
import { undoRules } from '../rules/undo.ts';
import { words } from '../words/index.ts';

/** What judges: changed on a running server, looked at beforehand, and taken back. */
export const command: Command = {
  summary: {
    en: 'applies, compares, exports and undoes the rules of a running server, and shows what judges a device',
    fr: 'applique, compare, exporte et annule les règles d’un serveur en marche, et montre ce qui juge un équipement',
  },
  operands: 'check FILE | diff FILE | apply FILE | undo | log | export | show [STORE|DEVICE] | test FILE…',
  options: {
    ...SERVER_CALL_OPTIONS,
    ...{ rules: { type: 'string' }, inventory: { type: 'string' }, changed: { type: 'boolean' } },
    ...{ why: { type: 'string' }, yes: { type: 'boolean' }, to: { type: 'string' }, revision: { type: 'string' } },
    tap: { type: 'boolean' },
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
    why: { en: 'apply, undo: why, for those who read the log', fr: 'apply, undo\u202f: pourquoi, pour le journal' },
    yes: {
      en: 'apply, undo: do it; without it only the effect is shown',
      fr: 'apply, undo\u202f: le faire\u202f; sans cela, seul l’effet est montré',
    },
    to: {
      en: 'undo: back to this revision, 0 for the server’s file (the one before the newest)',
      fr: 'undo\u202f: revenir à cette révision, 0 pour le fichier du serveur (par défaut, l’avant-dernière)',
    },
    tap: { en: 'test: tell it as TAP', fr: 'test\u202f: le dire au format TAP' },
    revision: {
      en: 'export: this revision, 0 for the server’s file (what holds)',
      fr: 'export\u202f: cette révision, 0 pour le fichier du serveur (par défaut, ce qui s’applique)',
    },
  },
  async run(invocation) {
    const [what = '', ...operands] = invocation.operands;
    const act = Object.hasOwn(ACTIONS, what) ? ACTIONS[what] : undefined;
    if (!act) throw new Fault(words(invocation.locale).badArguments(what || command.operands));
    const code = await act({ ...invocation, operands });
    return typeof code === 'number' ? code : 0;
  },
};

/** Each gets what follows its name as operands; one that has an exit code of its own answers it. */
const ACTIONS: Readonly<Record<string, (invocation: Invocation) => Promise<unknown>>> = {
  check: checkRules,
  diff: diffRules,
  apply: applyRules,
  undo: undoRules,
  log: logRules,
  export: exportRules,
  show: showRules,
  test: testRules,
};
