import { describe, expect, it } from 'vitest';
import { ticketBody } from '../../../alerting/tickets/ticket-body.ts';
import { visible } from '../../../alerting/tickets/ticket-plan.ts';
import { ticketSubject, ticketText } from '../../../alerting/tickets/ticket-text.ts';
import type { IncidentView } from '../../../protocol/views.ts';
import { AT, alertView, incidentView, ticketWork } from '../fixtures.ts';

const context = { timeZoneOf: () => 'Europe/Paris', publicUrl: 'https://vigie.example' };

describe('ticket', () => {
  it('tells a person what is wrong, since when, why, what it costs and what to do, in French', () => {
    expect(ticketText(incidentView(), 'fr', context).split('\n')).toEqual([
      'Nantes (Ouest)',
      'P2 haute, impact moyen, urgence haute',
      'Depuis\u202f: 22 nov. 2026, 21:04 (Europe/Paris)',
      'Cause\u202f: Caisse 3, connexion perdue',
      'Constat\u202f: Cas isolé dans le magasin',
      'Caisses perdues\u202f: 1 sur 8',
      'À faire d’abord\u202f: vérifier que l’équipement est allumé et raccordé au réseau, puis le redémarrer si l’écran est figé.',
      'Suivi en direct\u202f: https://vigie.example/incidents/12',
      'Incident Vigie n°\u00a012',
    ]);
  });

  it('and in English', () => {
    const text = ticketText(incidentView(), 'en', { timeZoneOf: () => 'Europe/London' });
    expect(text.split('\n')).toEqual([
      'Nantes (Ouest)',
      'P2 high, impact medium, urgency high',
      'Since: 22 Nov 2026, 20:04 (Europe/London)',
      'Cause: Caisse 3, connection lost',
      'Evidence: Nothing else in the store shares this cause',
      'Tills lost: 1 of 8',
      'First steps: check that the device is powered and connected to the network; restart it if its screen is frozen.',
      'Vigie incident no. 12',
    ]);
  });

  const clock = { startedAt: AT, targetMs: 1_800_000, burntMs: 0, at: AT, runs: true, breached: false };
  const agreed = {
    clocks: { respond: clock, restore: { ...clock, targetMs: 28_800_000 } },
    respondBy: AT + 1_800_000,
    restoreBy: AT + 28_800_000,
  };
  const loss = { at: AT, laneMs: 2_460_000, lanes: 1, blindMs: 0, blind: 0 };
  const money = { currency: 'EUR', lost: 1230.4, blind: 0, perLaneMinute: 30 };
  const lineOf = (change: Partial<IncidentView>, locale: 'fr' | 'en' = 'fr') =>
    ticketText(incidentView(change), locale, context).split('\n')[6];

  it('tells by when, and what it has cost so far, on one line', () => {
    expect(lineOf(agreed)).toBe('À prendre en charge avant\u202f: 22 nov. 2026, 21:35 (Europe/Paris)');
    const taken = { ...agreed, clocks: { ...agreed.clocks, respond: { ...clock, stoppedAt: AT } } };
    expect(lineOf({ ...taken, loss: { ...loss, money } })).toBe(
      'À rétablir avant\u202f: 23 nov. 2026, 05:05 (Europe/Paris). Perdu\u202f: 41 minutes-caisse (1\u202f230\u00a0€)',
    );
    const late = { ...clock, targetMs: 28_800_000, breached: true, level: 3 } as const;
    expect(
      lineOf({ ...taken, clocks: { ...taken.clocks, restore: late }, loss: { ...loss, laneMs: 60_000 } }, 'en'),
    ).toBe('Restore by: 23 Nov 2026, 05:05 (Europe/Paris), overdue, N3. Lost: 1 till-minute');
    const ended = {
      state: 'resolved',
      resolvedAt: AT + 9,
      loss: { ...loss, laneMs: 0, blindMs: 720_000, money },
    } as const;
    expect(ticketText(incidentView({ ...taken, ...ended }), 'en', context)).toContain(
      '\nLost: at most 12 till-minutes (€0.00) without news\n',
    );
  });

  it('tells programs the same', () => {
    expect(
      ticketBody(ticketWork({ view: incidentView({ ...agreed, loss: { ...loss, money } }) }), 'e', context),
    ).toMatchObject({
      incident: {
        respondBy: '2026-11-22T20:35:00.000Z',
        restoreBy: '2026-11-23T04:05:00.000Z',
        breached: { respond: false, restore: false },
        loss: { laneMinutes: 41, blindLaneMinutes: 0, currency: 'EUR', amount: 1230.4, blindAmount: 0 },
      },
    });
  });

  it('tells a whole store by what folded it', () => {
    const view = incidentView({
      cause: { kind: 'store', target: 'demo/001', rule: 'silence', reason: { code: 'store.silent' } },
      fold: { code: 'fold.store-silent', params: { devices: 14 } },
      causeTitle: 'Nantes',
    });
    expect(ticketSubject(view, 'fr')).toBe('[P2][001 Nantes] Les 14 équipements du magasin se sont tus ensemble');
    const text = ticketText(view, 'fr', context);
    expect(text).toContain('Cause\u202f: Magasin sans nouvelles\nConstat\u202f: Les 14 équipements');
    expect(text).toContain('lien opérateur');
    expect(text).not.toContain('autres alertes');
  });

  it('says that it comes and goes, how much, and stays open', () => {
    const reason = { code: 'presence.flapping', params: { percent: 39.1 } } as const;
    const steady = incidentView();
    const view = incidentView({
      cause: { ...steady.cause, reason },
      alerts: steady.alerts.map((alert) => ({ ...alert, reason, flapping: true as const })),
    });
    expect(ticketText(view, 'fr', context)).toContain('(instabilité de 39,1\u202f%)\n');
    expect(ticketText(view, 'fr', context)).toContain('\nVa et vient\u202f: ');
    expect(ticketText(view, 'en', context)).toContain('\nComes and goes: ');
    expect(ticketText(steady, 'en', context)).not.toContain('Comes and goes');
    expect(ticketBody(ticketWork({ view }), 'e', context).incident?.alerts[0]).toMatchObject({ flapping: true });
    expect(visible(view)).not.toBe(visible({ ...view, alerts: steady.alerts.map((alert) => ({ ...alert, reason })) }));
  });

  it('says first of all, in subject and text, that it is simulated', () => {
    const view = incidentView({ simulated: true });
    expect(ticketSubject(view, 'fr')).toMatch(/^\[SIMULÉ\]\[P2\]\[001 Nantes\] /);
    expect(ticketSubject(view, 'en')).toMatch(/^\[SIMULATED\]\[P2\]/);
    expect(ticketText(view, 'fr', context)).toMatch(/^SIMULÉ/);
    expect(ticketBody(ticketWork({ view }), 'e', context)).toMatchObject({ simulated: true });
    expect(ticketBody(ticketWork(), 'e', context)).toMatchObject({ simulated: false });
  });

  it('says that it is over, and asks for nothing then', () => {
    const view = incidentView({ state: 'resolved', resolvedAt: AT + 600_000, acknowledgedBy: 'Inès' });
    expect(ticketSubject(view, 'fr')).toMatch(/ \(résolu\)$/);
    const text = ticketText(view, 'fr', context);
    expect(text).toContain('Résolu\u202f: 22 nov. 2026, 21:15 (Europe/Paris)');
    expect(text).toContain('Pris en charge par Inès');
    expect(text).not.toContain('À faire');
  });

  it('says what it waits for, and until when by the clock of the store', () => {
    const hold = { since: AT, by: 'Inès', why: 'pièce commandée', impact: 2, severity: 'critical' } as const;
    const view = incidentView({ state: 'on-hold', hold: { ...hold, until: AT + 600_000 } });
    expect(ticketText(view, 'fr', context)).toContain(
      'En attente\u202f: pièce commandée (Inès, jusqu’au 22 nov. 2026, 21:15 (Europe/Paris))',
    );
    expect(ticketText(incidentView({ state: 'on-hold', hold }), 'en', context)).toContain(
      'On hold: pièce commandée (Inès)',
    );
    expect(ticketBody(ticketWork({ view }), 'e', context)).toMatchObject({
      incident: {
        state: 'on-hold',
        hold: { by: 'Inès', why: 'pièce commandée', until: new Date(AT + 600_000).toISOString() },
      },
    });
  });

  it('stays short enough for a phone, however many alerts there are', () => {
    const alerts = Array.from({ length: 400 }, (_, i) =>
      alertView(`till-${i}`, {
        severity: i === 390 ? 'critical' : 'warning',
        reason: { code: 'status.critical', params: { check: 'process:pos', text: 'x'.repeat(500) } },
      }),
    );
    const body = ticketBody(ticketWork({ view: incidentView({ alerts }) }), 'e', context);
    expect(body.text.length).toBeLessThan(4_000);
    expect(body.text).toContain('399 autres alertes\u202f:\n- till-390');
    expect(body.text).toContain('… et 393 de plus');
    expect(body.incident?.alerts).toHaveLength(50);
    expect(body.incident?.alertsTotal).toBe(400);
    expect(JSON.stringify(body).length).toBeLessThan(64_000);
  });

  it('names a reading with its figures', () => {
    const params = { reading: 'cpu usage_active', value: 97.5, limit: 95, unit: 'percent' };
    const reason = { code: 'threshold.above', params } as const;
    const view = incidentView({ cause: { kind: 'device', target: 'demo/001/till-3', rule: 'cpu-busy', reason } });
    expect(ticketSubject(view, 'fr')).toBe(
      '[P2][001 Nantes] Caisse 3, processeur occupé\u202f: 97,5\u202f%, seuil de 95\u202f% atteint',
    );
    expect(ticketSubject(view, 'en')).toBe('[P2][001 Nantes] Caisse 3, CPU busy: 97.5%, limit of 95% reached');
  });

  it('leaves out alerts that are over', () => {
    const alerts = [alertView('till-3'), alertView('till-4', { state: 'resolved' }), alertView('till-5')];
    const text = ticketText(incidentView({ alerts }), 'fr', context);
    expect(text).toContain('Autre alerte\u202f:\n- till-5');
    expect(text).not.toContain('till-4');
  });

  it('tells the time in UTC, and says so, where the store is gone', () => {
    expect(ticketText(incidentView(), 'fr', { timeZoneOf: () => undefined })).toContain('20:04 (UTC)');
  });

  it('gives programs the incident with its times in ISO 8601', () => {
    const body = ticketBody(ticketWork({ ticket: 'INC0012', action: 'update' }), 'e1', context);
    expect(JSON.parse(JSON.stringify(body))).toMatchObject({
      eventId: 'e1',
      action: 'update',
      ticket: 'INC0012',
      link: 'https://vigie.example/incidents/12',
      incident: {
        store: 'demo/001',
        openedAt: '2026-11-22T20:05:00.000Z',
        cause: {
          kind: 'device',
          target: 'demo/001/till-3',
          title: 'Caisse 3',
          code: 'presence.lost',
          text: 'Connexion perdue',
        },
        alerts: [{ device: 'demo/001/till-3', state: 'firing' }],
      },
    });
  });
});
