import { beforeEach, describe, expect, it } from 'vitest';
import { sendDigests, takersOf } from '../../../alerting/desks/digests.ts';
import type { Bulletin, Delivery, Desk } from '../../../alerting/ports.ts';
import type { IncidentView } from '../../../protocol/views.ts';
import { AT, incidentView } from '../fixtures.ts';

const EIGHT = Date.UTC(2026, 10, 23, 7);
const HOUR = 3_600_000;

describe('digests', () => {
  let incidents: IncidentView[];
  let sent: Bulletin[];
  let answer: Delivery;
  let troubles: (string | undefined)[];
  const until = new Map<string, number>();
  const deliver = () => Promise.reject(new Error('not asked'));
  const mail: Desk = {
    deliver,
    async announce(bulletin) {
      sent.push(bulletin);
      return answer;
    },
  };
  const send = (now: number, desks: Record<string, Desk> = { mail, rt: { deliver } }) =>
    sendDigests(
      {
        desks,
        source: {
          incidents: async () => incidents,
          toldUntil: async (desk) => until.get(desk),
          told: async (desk, at) => void until.set(desk, at),
        },
        localeOf: (store) => (store === 'demo/002' ? 'en' : 'fr'),
        timeZoneOf: () => 'Europe/Paris',
        publicUrl: 'https://vigie.example',
        onTrouble: (_, error) => troubles.push(error?.message),
      },
      now,
    );
  const low = (number: number, change: Partial<IncidentView> = {}): IncidentView =>
    incidentView({ number, priority: 4, digest: { desks: ['mail'], at: EIGHT }, ...change });

  beforeEach(() => {
    incidents = [];
    sent = [];
    troubles = [];
    answer = { outcome: 'done' };
    until.clear();
  });

  it('tell at their time what there was, what still stands first', async () => {
    incidents = [
      low(1, { state: 'closed', resolvedAt: AT + HOUR }),
      low(2, { priority: 5 }),
      low(3),
      low(4, { digest: { desks: ['slack'], at: EIGHT } }),
      incidentView({ number: 5 }),
    ];
    await send(EIGHT - 1);
    expect(sent).toEqual([]);
    await send(EIGHT);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      subject: 'Récapitulatif Vigie\u202f: 3 incidents, dont 2 en cours',
      link: 'https://vigie.example/incidents',
    });
    expect(sent[0]?.text.split('\n')).toEqual([
      'En cours\u202f:',
      '- [P4] 001 Nantes\u202f: Caisse 3, connexion perdue (depuis le 22 nov. 2026, 21:04)',
      '- [P5] 001 Nantes\u202f: Caisse 3, connexion perdue (depuis le 22 nov. 2026, 21:04)',
      'Résolus\u202f:',
      '- [P4] 001 Nantes\u202f: Caisse 3, connexion perdue (du 22 nov. 2026, 21:04 au 22 nov. 2026, 22:05)',
    ]);
  });

  it('tell each incident once, however often they look, and the next one what came since', async () => {
    incidents = [low(1)];
    await send(EIGHT + 5);
    await send(EIGHT + 10);
    expect(sent).toHaveLength(1);
    incidents.push(low(2, { digest: { desks: ['mail'], at: EIGHT + 24 * HOUR } }));
    await send(EIGHT + 24 * HOUR);
    expect(sent.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('1 incident,'),
      expect.stringContaining('1 incident,'),
    ]);
  });

  it('are sent again, under the same name, until they are taken, and nothing is left out', async () => {
    incidents = [low(1)];
    answer = { outcome: 'retry', error: 'HTTP 503' };
    await send(EIGHT);
    await send(EIGHT + 1);
    answer = { outcome: 'done' };
    await send(EIGHT + 2);
    await send(EIGHT + 3);
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(troubles).toEqual(['HTTP 503', 'HTTP 503', undefined]);
  });

  it('are in the language of the stores', async () => {
    incidents = [low(1), low(2, { store: 'demo/002', storeTitle: 'Leeds' })];
    await send(EIGHT);
    expect(sent.map(({ locale, subject }) => [locale, subject])).toEqual([
      ['fr', 'Récapitulatif Vigie\u202f: 1 incident, dont 1 en cours'],
      ['en', 'Vigie digest: 1 incident, 1 still open'],
    ]);
  });

  it('stay short', async () => {
    incidents = Array.from({ length: 80 }, (_, at) => low(at + 1));
    await send(EIGHT);
    expect(sent[0]?.text.split('\n')).toHaveLength(52);
    expect(sent[0]?.text).toContain('… et 30 de plus');
  });

  it('that break say so without a secret, and are for desks that take them', async () => {
    incidents = [low(1)];
    await send(EIGHT, { mail: { deliver, announce: () => Promise.reject(new TypeError('https://secret')) } });
    expect(troubles).toEqual(['connector failed (TypeError)']);
    expect(takersOf({ mail, rt: { deliver } })).toEqual(['mail']);
  });
});
