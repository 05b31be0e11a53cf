import { describe, expect, it } from 'vitest';
import {
  draftReview,
  type ReviewedIncident,
  type ReviewFacts,
} from '../../../dashboard/reports/review/draft-review.ts';
import { reviewMarkdown } from '../../../dashboard/reports/review/review-markdown.ts';
import type { MajorView } from '../../../protocol/majors.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import type { IncidentView, TimelineEntry } from '../../../protocol/views.ts';
import { INCIDENT, MAJOR } from '../server/fake-ports.ts';

/** 2 November 2026, 10:00 in Paris. */
const AT = Date.UTC(2026, 10, 2, 9, 0);
const MINUTE = 60_000;
const entry = (minutes: number, code: Reason['code'], params?: Reason['params']): TimelineEntry => ({
  at: AT + minutes * MINUTE,
  reason: { code, ...(params && { params }) },
});
const child = (number: number, change: Partial<IncidentView>, timeline: TimelineEntry[] = []): ReviewedIncident => ({
  incident: { ...INCIDENT, number, since: AT, openedAt: AT + 5_000, ...change },
  timeline,
});

const OVER: MajorView = {
  ...MAJOR,
  state: 'resolved',
  since: AT,
  openedAt: AT + MINUTE,
  acknowledgedAt: AT + 21 * MINUTE,
  acknowledgedBy: 'Inès',
  resolvedAt: AT + 70 * MINUTE,
  stores: 3,
  storesOpen: 0,
};
const FACTS: ReviewFacts = {
  major: OVER,
  timeline: [
    entry(1, 'major.common', { attribute: 'store.carrier', value: 'Orange', symptom: 'network' }),
    entry(1, 'ticket.opened', { desk: 'support', ticket: 'INC1' }),
    entry(2, 'ticket.updated', { desk: 'support' }),
    entry(21, 'incident.acknowledged', { by: 'Inès' }),
    entry(70, 'major.resolved', { quietS: 600 }),
  ],
  incidents: [
    child(
      7,
      { resolvedAt: AT + 30 * MINUTE, suspects: [{ code: 'change.suspect', params: { id: 'c1', title: 'Bascule' } }] },
      [entry(0, 'incident.opened'), entry(10, 'action.failed', { action: 'restart_box', error: 'timeout' })],
    ),
    child(8, {
      store: 'acme/lyon-02',
      storeTitle: 'Lyon *Sud*',
      resolvedAt: AT + 60 * MINUTE,
      suspects: [{ code: 'change.suspect', params: { id: 'c1', title: 'Bascule' } }],
    }),
  ],
};

describe('the draft of a review', () => {
  it('tells when what was known, and how long each part took', () => {
    const { times, split } = draftReview(FACTS);
    expect(times).toEqual({
      firstSignal: AT,
      detected: AT + 5_000,
      recognised: AT + MINUTE,
      ticket: AT + MINUTE,
      acknowledged: AT + 21 * MINUTE,
      firstStoreBack: AT + 30 * MINUTE,
      lastStoreBack: AT + 60 * MINUTE,
      resolved: AT + 70 * MINUTE,
    });
    expect(split).toEqual({
      detectionMs: 5_000,
      recognitionMs: 55_000,
      responseMs: 20 * MINUTE,
      restorationMs: 60 * MINUTE - 5_000,
    });
  });

  it('merges what befell the whole and what was done in its stores, without the desk’s receipts', () => {
    const { moments, actions, momentsLeft } = draftReview(FACTS);
    expect(moments.map(({ reason, store }) => [reason.code, store?.incident])).toEqual([
      ['major.common', undefined],
      ['ticket.opened', undefined],
      ['action.failed', 7],
      ['incident.acknowledged', undefined],
      ['major.resolved', undefined],
    ]);
    expect(actions.map(({ store }) => store?.title)).toEqual(['Lyon']);
    expect(momentsLeft).toBe(0);
  });

  it('lists the stores by how long they were away, those still away first', () => {
    const numbers = (incidents: ReviewedIncident[]) =>
      draftReview({ ...FACTS, incidents }).incidents.map(({ number }) => number);
    expect(numbers([...FACTS.incidents])).toEqual([8, 7]);
    expect(numbers([...FACTS.incidents, child(9, {})])).toEqual([9, 8, 7]);
  });

  it('names each suspect change once', () => {
    expect(draftReview(FACTS).suspects).toEqual([{ code: 'change.suspect', params: { id: 'c1', title: 'Bascule' } }]);
  });

  it('asks what the facts raise, and nothing else', () => {
    expect(draftReview(FACTS).questions).toEqual(['slow-response', 'action-failed', 'suspect-change', 'recurrence']);
    const { acknowledgedAt: _, acknowledgedBy: __, ...unseen } = OVER;
    const quiet = { major: { ...unseen, storesOpen: 1 }, timeline: [entry(1, 'ticket.failed')], incidents: [] };
    expect(draftReview(quiet).questions).toEqual([
      'never-acknowledged',
      'ticket-failed',
      'no-action',
      'stores-left',
      'recurrence',
    ]);
  });

  it('says of what is not over no more than is known', () => {
    const { resolvedAt: _, ...open } = OVER;
    const { isOver, times, split } = draftReview({
      ...FACTS,
      major: { ...open, state: 'acknowledged', storesOpen: 1 },
    });
    expect([isOver, times.lastStoreBack, times.resolved, split.restorationMs]).toEqual([
      false,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is bounded', () => {
    const timeline = Array.from({ length: 300 }, (_, at) =>
      entry(at, 'incident.commented', { by: 'a', text: `${at}` }),
    );
    const { moments, momentsLeft } = draftReview({ ...FACTS, timeline, incidents: [] });
    expect([moments.length, momentsLeft]).toEqual([120, 180]);
  });
});

describe('the review as Markdown', () => {
  const written = (locale: 'fr' | 'en', facts: ReviewFacts = FACTS) =>
    reviewMarkdown(draftReview(facts), {
      locale,
      timeZone: 'Europe/Paris',
      notes: { text: 'Doubler le lien.', by: 'ana', at: AT, revision: 1 },
    });

  it.each(['fr', 'en'] as const)('is whole in %s', (locale) => {
    const text = written(locale);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    expect(text.match(/^## /gm)).toHaveLength(10);
    expect(text).toContain('Doubler le lien.');
    expect(text).toContain(locale === 'fr' ? '| Premier signe |' : '| First signal |');
  });

  it('tells times where the stores are', () => {
    expect(written('fr')).toMatch(/Premier signe \| 2 nov\. 2026.{1,3}10:00/);
  });

  it('takes nothing that people or machines said for its own', () => {
    const timeline = [entry(1, 'incident.commented', { by: '<b>', text: '# x\n## y | [z](http://a)' })];
    const text = written('en', { ...FACTS, timeline });
    expect(text).toContain('Lyon \\*Sud\\*');
    expect(text.match(/^#+ /gm)).toHaveLength(11);
    expect(text).not.toContain('[z](');
    expect(text).not.toContain('<b>');
  });
});
