import { describe, expect, it } from 'vitest';
import { DEVICE_KINDS, LOCALES } from '../../../protocol/inventory.ts';
import { REASON_CODES, type ReasonCode } from '../../../protocol/reasons.ts';
import { advise, say, wordsOf } from '../../../protocol/words/index.ts';

const threshold = { reading: 'disk used_percent /var', value: 97.25, limit: 95, unit: 'percent' };
const foreseen = {
  ...threshold,
  ...{ value: 81.4, perDay: 9.9, expectedAt: 1_741_791_600_000, earliestAt: 1_741_762_800_000 },
  zone: 'Europe/Paris',
};

const unusual = {
  reading: 'ping average_response_ms 10.0.0.1',
  value: 31,
  expected: 28,
  limit: 90,
  unit: 'milliseconds',
};

/** Params as judgement gives them. */
const SAMPLES: Partial<Record<ReasonCode, Record<string, string | number>>> = {
  'presence.silent': { seconds: 95 },
  'presence.unreachable': { watcher: 'demo/001/gw-1' },
  'presence.watcher-lost': { watcher: 'gw-1' },
  'presence.agent-died': { gateway: 'demo/001/gw-1' },
  'presence.off-lan': { gateway: 'demo/001/gw-1', asked: 3 },
  'presence.off-gateway': { gateway: 'demo/001/gw-1', asked: 3, reached: 2 },
  'presence.was-off-lan': { reports: 42, seconds: 420 },
  'presence.flapping': { percent: 39.1 },
  'threshold.above': threshold,
  'threshold.below': { ...threshold, reading: 'mem available_percent', value: 2, limit: 5 },
  'group.down': { of: 'devices', bad: 3, total: 5, limit: 50, kinds: 'access-point' },
  'group.degraded': { of: 'lanes', bad: 3, total: 10, limit: 30, kinds: '' },
  'group.firing': { of: 'lanes', bad: 1, total: 10, limit: 10, kinds: '' },
  'group.cleared': { of: 'devices', bad: 1, total: 5, limit: 30, kinds: 'till self-checkout' },
  'fold.group': { of: 'devices', bad: 3, total: 5, kinds: 'access-point' },
  'no-data.reading': { reading: 'temp temp cpu', seconds: 660 },
  'no-data.check': { check: 'process:pos', seconds: 660 },
  'no-data.back': { check: 'process:pos' },
  'threshold.flapping': { ...threshold, percent: 39.1 },
  'threshold.cleared': threshold,
  'forecast.rising': { ...foreseen, latestAt: 1_741_834_800_000 },
  'forecast.falling': { ...foreseen, reading: 'printer_supply left_percent Black', limit: 2, perDay: -4 },
  'forecast.cleared': threshold,
  'baseline.above': { ...unusual, value: 210 },
  'baseline.below': { ...unusual, value: 2 },
  'baseline.cleared': unusual,
  'sales.silent': { expected: 31, odds: 20_000_000, seconds: 4200 },
  'sales.store-silent': { expected: 55, odds: 20_000_000, seconds: 900, of: 'lanes', bad: 6, total: 6 },
  'opening.not-ready': { device: 'demo/001/till-1', ready: 4, total: 5, minutes: 45 },
  'store.opening': { ready: 1, total: 5 },
  'status.warning': { check: 'net_response:pos:8443', text: 'slow' },
  'status.critical': { check: 'net_response:pos:8443', text: 'connection refused' },
  'status.unknown': { check: 'process:pos' },
  'status.flapping': { check: 'process:pos', text: 'gone', percent: 39.1 },
  'status.cleared': { check: 'process:pos' },
  'fold.store-silent': { devices: 14 },
  'maintenance.planned': {
    id: 'a',
    title: 'Bascule fibre',
    number: 'CHG0042',
    who: 'Orange',
    until: '2026-12-02T05:00',
  },
  'maintenance.over': { id: 'a', title: 'Bascule fibre', number: 'CHG0042' },
  'change.suspect': { id: 'a', title: 'Bascule fibre', number: 'CHG0042', who: 'Orange' },
  'fold.power': { ups: 'demo/001/ups-1', minutes: 12, devices: 5 },
  'fold.power-group': { source: 'demo/001/pdu-1', devices: 3 },
  'fold.wan': { devices: 4, link: '4G' },
  'fold.switch': { parent: 'demo/001/switch-2', devices: 6, uplink: 'demo/001/switch-1', port: 'Gi1/0/24' },
  'fold.parent': { parent: 'demo/001/firewall-1', devices: 6 },
  'fold.behind': { parent: 'demo/001/switch-3', devices: 2 },
  'incident.alert-moved': { alert: 'demo/001/switch-2#backbone-silent#' },
  'store.power-cut': { source: 'demo/001/ups-1' },
  'store.wan-cut': { device: 'demo/001/gw-1' },
  'store.on-battery': { device: 'demo/001/ups-1' },
  'store.on-backup': { device: 'demo/001/gw-1' },
  'incident.cause-changed': { from: 'demo/001/till-1#silence#' },
  'incident.joined': { alert: 'demo/001/till-1#disk-full#/var' },
  'incident.alert-cleared': { alert: 'demo/001/till-1#disk-full#/var' },
  'incident.flapping': { alert: 'demo/001/till-1#disk-full#/var' },
  'incident.steady': { alert: 'demo/001/till-1#disk-full#/var' },
  'incident.priority-changed': { from: 3, to: 2 },
  'incident.escalated': { level: 'N2', clock: 'restore', share: 75, unit: 'percent' },
  'incident.deadlines-moved': { respond: 900, restore: 14_400 },
  'incident.acknowledged': { by: 'Inès' },
  'incident.started': { by: 'Inès' },
  'incident.assigned': { by: 'Inès', owner: 'Réseau', level: 'N2' },
  'incident.merged-in': { by: 'Inès', from: 'demo/001#demo/001/till-1#silence#1790000000000' },
  'incident.split': { by: 'Inès', from: 'demo/001#demo/001/till-1#silence#1790000000000' },
  'incident.split-off': { by: 'Inès', alerts: 2 },
  'incident.reopened': { by: 'Inès', why: 'toujours en panne', seconds: 240 },
  'incident.on-hold': { by: 'Inès', why: 'pièce commandée', until: '2026-11-02T08:30' },
  'incident.resumed': { by: 'Inès' },
  'incident.commented': { by: 'Inès', text: 'le technicien est en route' },
  'action.asked': { by: 'Inès', action: 'restart_pos', device: 'demo/001/till-1', why: 'caisse figée', id: 'a1b2c3d4' },
  'action.done': {
    action: 'restart_pos',
    device: 'demo/001/till-1',
    before: 'failed',
    after: 'active',
    id: 'a1b2c3d4',
  },
  'action.failed': { action: 'restart_pos', device: 'demo/001/till-1', error: 'exit code 1', id: 'a1b2c3d4' },
  'action.refused': { action: 'restart_pos', device: 'demo/001/till-1', error: 'a sale is open', id: 'a1b2c3d4' },
  'incident.merged': { into: 'demo/001#demo/001/till-1#silence#1790000000000' },
  'incident.resolved': { quietS: 300 },
  'incident.beneath': { number: 12 },
  'incident.on-its-own': { number: 12 },
  'major.common': { attribute: 'store.carrier', value: 'Orange', symptom: 'network' },
  'major.renamed': { attribute: 'device.posVersion', value: '7.5', symptom: 'check:pos' },
  'major.evidence': {
    ...{ attribute: 'region', value: 'Ouest', symptom: 'power', p: 0.0004, tried: 20 },
    ...{ failed: 5, of: 6, others: 0, ofOthers: 94 },
  },
  'major.rate': { incidents: 21, seconds: 60, stores: 19 },
  'major.grew': { added: 2, stores: 7 },
  'major.resolved': { quietS: 60 },
  'major.strays': { stores: 1 },
  'ticket.opened': { desk: 'support', ticket: 'INC0012' },
  'ticket.updated': { desk: 'support' },
  'ticket.commented': { desk: 'support' },
  'ticket.reopened': { desk: 'support' },
  'ticket.resolved': { desk: 'support' },
  'ticket.ended-early': { by: 'Karim', desk: 'support' },
  'ticket.left-ended': { by: 'Karim', desk: 'support' },
  'ticket.failed': { desk: 'support', error: 'HTTP 403' },
  'ticket.not-needed': { desk: 'support' },
  'ticket.passed-on': { desk: 'support', to: 'mail' },
  'ticket.discarded': { desk: 'support', by: 'nadia', why: 'double' },
  'store.lanes-down': { down: 3, total: 8 },
  'store.lanes-blind': { blind: 1, total: 8 },
  'store.device-down': { device: 'demo/001/srv-1' },
  'store.device-blind': { device: 'demo/001/srv-1' },
  'store.alerts': { count: 2 },
  'store.selling-offline': { lanes: 2, total: 3 },
  'store.cut-off': { gateway: 'demo/001/gw-1' },
  'store.was-cut-off': { reports: 42, seconds: 420 },
};

const sentences = (locale: 'fr' | 'en') =>
  REASON_CODES.map((code) => say(locale, { code, ...(SAMPLES[code] && { params: SAMPLES[code] }) }));

const labels = (locale: 'fr' | 'en') => {
  const { reasons: _, ...rest } = wordsOf(locale);
  return Object.values(rest).flatMap((group) => Object.values(group));
};

describe.each(LOCALES)('words in %s', (locale) => {
  it('says every reason in full, on one line, without a full stop', () => {
    for (const sentence of sentences(locale)) {
      expect(sentence).toMatch(/^\p{L}|^\d|^\w+-\d/u);
      expect(sentence).not.toMatch(/[{}]|undefined|NaN|\[object|…|\n|\.$| {2}/);
    }
  });

  it('gives two reasons never the same sentence', () => {
    expect(new Set(sentences(locale)).size).toBe(REASON_CODES.length);
  });

  it('stands up to missing params', () => {
    for (const code of REASON_CODES) {
      const sentence = say(locale, { code });
      expect(sentence).not.toMatch(/[{}]|undefined|NaN|\[object/);
    }
  });

  it('writes straight quotes nowhere', () => {
    for (const text of [...sentences(locale), ...labels(locale)]) expect(text).not.toMatch(/['"]/);
  });

  it('keeps a param of a machine on one line', () => {
    const text = 'refused\nTicket resolved\u0000\tby nobody';
    expect(say(locale, { code: 'status.critical', params: { check: 'x', text } })).toContain(
      'refused Ticket resolved by nobody',
    );
  });
});

describe('French typography', () => {
  it('sets a narrow no-break space, and no other, before ; : ! ? % » and after «', () => {
    for (const text of [...sentences('fr'), ...labels('fr')]) {
      expect(text).not.toMatch(/(?<!\u202f)[;!?%»]/);
      expect(text).not.toMatch(/[ \u00a0]:|(?<=\p{L}):(?= )/u);
      expect(text).not.toMatch(/«(?!\u202f)/);
    }
  });
});

describe('sentences', () => {
  it.each([
    ['store.lanes-down', { down: 1, total: 8 }, '1 caisse sur 8 hors service', '1 of 8 tills down'],
    ['store.lanes-down', { down: 2, total: 8 }, '2 caisses sur 8 hors service', '2 of 8 tills down'],
    ['store.lanes-down', { down: 1, total: 1 }, '1 caisse sur 1 hors service', '1 of 1 till down'],
    ['store.alerts', { count: 1 }, '1 alerte en cours', '1 open alert'],
    [
      'store.selling-offline',
      { lanes: 1, total: 3 },
      '1 caisse sur 3 vend hors ligne\u202f: des ventes attendent d’être transmises',
      '1 of 3 tills sells offline: sales wait to be sent',
    ],
    [
      'fold.store-silent',
      { devices: 1 },
      'Le seul équipement du magasin ne donne plus de nouvelles',
      'The only device of the store fell silent',
    ],
    [
      'threshold.above',
      threshold,
      'Disque utilisé (/var)\u202f: 97,3\u202f%, seuil de 95\u202f% atteint',
      'Disk used (/var): 97.3%, limit of 95% reached',
    ],
    [
      'threshold.above',
      { reading: 'pos_queue waiting', value: 12, limit: 10, unit: 'tickets' },
      'pos_queue waiting\u202f: 12\u00a0tickets, seuil de 10\u00a0tickets atteint',
      'pos_queue waiting: 12\u00a0tickets, limit of 10\u00a0tickets reached',
    ],
    [
      'incident.joined',
      { alert: 'demo/001/till-1#disk-full#/var/log' },
      'Alerte rattachée\u202f: till-1 (disk-full /var/log)',
      'Alert joined: till-1 (disk-full /var/log)',
    ],
    [
      'store.device-down',
      { device: 'Caisse 3 / entrée' },
      'Caisse 3 / entrée hors service',
      'Caisse 3 / entrée is down',
    ],
    ['ticket.opened', { desk: 'support' }, 'Ticket ouvert (support)', 'Ticket opened (support)'],
    ['incident.resolved', {}, 'Résolu', 'Resolved'],
  ] as const)('%s %j', (code, params, french, english) => {
    expect(say('fr', { code, params })).toBe(french);
    expect(say('en', { code, params })).toBe(english);
  });

  it('names every kind of device', () => {
    for (const kind of DEVICE_KINDS) expect(wordsOf('fr').deviceKinds[kind]).toMatch(/\p{Lu}/u);
  });
});

describe('advice', () => {
  const alone = { code: 'fold.alone' } as const;
  const cause = (reason: { code: ReasonCode; params?: Record<string, string | number> }) => ({
    cause: { kind: 'device', target: 'demo/001/till-1', rule: 'any', reason } as const,
    fold: alone,
  });

  it.each([
    [cause({ code: 'presence.lost' }), 'powered'],
    [cause({ code: 'presence.silent', params: { seconds: 90 } }), 'measures nothing'],
    [cause({ code: 'threshold.above', params: threshold }), 'free some space'],
    [cause({ code: 'status.critical', params: { check: 'process:pos' } }), 'expected program'],
    [cause({ code: 'status.critical', params: { check: 'net_response:pos:8443' } }), 'service answers'],
    [cause({ code: 'status.critical', params: { check: 'receipt_printer:10.0.0.73:9100' } }), 'roll'],
    [cause({ code: 'status.critical', params: { check: 'till-port' } }), 'expected program'],
    [cause({ code: 'status.critical', params: { check: 'backup' } }), 'run it again'],
    [cause({ code: 'threshold.below', params: { ...threshold, reading: 'x509_cert days_left pos:443' } }), 'renew'],
    [cause({ code: 'threshold.above', params: { ...threshold, reading: 'updates security' } }), 'nothing urgent'],
    [cause({ code: 'status.critical', params: { check: 'pos_paper' } }), 'latest readings'],
    [cause({ code: 'status.critical', params: { check: 'constructor' } }), 'latest readings'],
  ] as const)('fits the cause %j', (incident, part) => {
    expect(advise('en', incident)).toContain(part);
  });

  it('speaks of the link when the whole store is silent, whatever fell first', () => {
    const incident = { ...cause({ code: 'presence.lost' }), fold: { code: 'fold.store-silent' } as const };
    expect(advise('fr', incident)).toContain('lien opérateur');
  });
});
