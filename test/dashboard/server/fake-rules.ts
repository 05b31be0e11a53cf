import {
  type RuleRevisionsPort,
  type RuleRevisionView,
  RulesError,
  type RulesOutcome,
} from '../../../dashboard/ports/rule-revisions.ts';
import type { RulesEffect } from '../../../protocol/rule-changes.ts';

export const REVISION: RuleRevisionView = { id: 2, at: 5, by: 'zoé', why: 'moins de bruit', hash: 'ab12' };

export const EFFECT: RulesEffect = {
  rules: [
    {
      ...{ id: 'disk-full', what: 'changed', type: 'threshold', title: { fr: 'Disque plein', en: 'Disk full' } },
      values: [{ path: 'raise', before: '95', after: '97' }],
      ...{ devices: 12, stores: 3, gains: 0, loses: 1 },
    },
  ],
  values: [{ path: 'settle', before: '15 s' }],
  devices: 12,
  stores: 3,
  endingCount: 1,
  ending: [
    {
      ...{ key: 'acme/lyon-01/till-2#disk-full#path=/', device: 'acme/lyon-01/till-2', rule: 'disk-full' },
      ...{ instance: 'path=/', severity: 'critical', since: 3, state: 'firing' },
    },
  ],
};

/** Revision 2 holds; 1 is kept beside it. */
export const fakeRules = (calls: unknown[][]): RuleRevisionsPort => ({
  current: () => ({ source: 'revision', revision: 2, newest: 2, text: 'rules: []\n', last: REVISION }),
  async list(limit) {
    calls.push(['ruleRevisions', limit]);
    return [REVISION];
  },
  async text(id) {
    if (id === 0) return { text: 'rules: [of the file]\n' };
    return id === 2 ? { text: 'rules: []\n', revision: REVISION } : undefined;
  },
  async apply(change): Promise<RulesOutcome> {
    calls.push(['applyRules', change]);
    if (change.text === 'bad') throw new RulesError([{ path: '/rules/0/raise', message: 'must be a number' }]);
    if (change.ifRevision !== undefined && change.ifRevision !== 2) return 'changed';
    return { revision: change.dryRun ? 2 : 3, effect: EFFECT };
  },
  async undo(undo): Promise<RulesOutcome> {
    calls.push(['undoRules', undo]);
    return undo.to === 9 ? 'no-such' : { revision: undo.dryRun ? 2 : 3, effect: EFFECT };
  },
});
