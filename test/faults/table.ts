import { readFileSync, writeFileSync } from 'node:fs';
import type { CampaignResult } from './campaign.ts';
import { FAULT_KINDS, type FaultKind } from './faults.ts';
import { SETUPS } from './installation.ts';

type Language = 'en' | 'fr';

interface Row {
  title: string;
  times: number;
  sent: number;
  lost: number;
  twice: number;
  expected: number;
  opened: number;
  alertsLost: number;
  doubled: number;
  moved: number;
}

const HEADS: Record<Language, string[]> = {
  en: [
    'Fault',
    'Times',
    'Reports sent',
    'committed',
    'lost',
    'twice',
    'Alerts due',
    'opened',
    'lost',
    'doubled',
    'moved',
  ],
  fr: [
    'Faute',
    'Fois',
    'Rapports envoyés',
    'validés',
    'perdus',
    'en double',
    'Alertes dues',
    'ouvertes',
    'perdues',
    'en double',
    'déplacées',
  ],
};
const KIND_TITLES: Record<FaultKind, Record<Language, string>> = {
  'kill -9': { en: 'killed (`kill -9`)', fr: 'tué (`kill -9`)' },
  freeze: { en: 'frozen (SIGSTOP)', fr: 'figé (SIGSTOP)' },
  cut: { en: 'network cut (reset)', fr: 'réseau coupé (reset)' },
  'silent cut': { en: 'network cut in silence', fr: 'réseau coupé sans bruit' },
  delay: { en: 'network delayed', fr: 'réseau retardé' },
  throttle: { en: 'network throttled', fr: 'réseau bridé' },
  'reorder connections': { en: 'connections out of order', fr: 'connexions désordonnées' },
  'reorder reports': { en: 'reports out of order', fr: 'rapports désordonnés' },
  twice: { en: 'reports delivered twice', fr: 'rapports livrés deux fois' },
  late: { en: 'reports delivered late', fr: 'rapports livrés en retard' },
  'disk full': { en: 'disk full', fr: 'disque plein' },
  'clock forward': { en: 'clock set forward', fr: 'horloge avancée' },
  'clock back': { en: 'clock set back', fr: 'horloge reculée' },
};
const TOTAL: Record<Language, string> = { en: '**all**', fr: '**total**' };

/** A report or an alert belongs to the fault that was the last to strike when it was sent, or began. */
function rowsOf(results: readonly CampaignResult[], language: Language): Row[] {
  const rows = FAULT_KINDS.map((kind) => rowOf(results, kind, KIND_TITLES[kind][language])).filter(
    ({ times }) => times > 0,
  );
  const all: Row = {
    title: TOTAL[language],
    times: sum(results, ({ strikes }) => strikes.length),
    sent: sum(results, ({ verdict }) => verdict.reports.sent),
    lost: sum(results, ({ verdict }) => verdict.reports.lost.length),
    twice: sum(results, ({ verdict }) => verdict.reports.twice.length),
    expected: sum(results, ({ verdict }) => verdict.alerts.expected),
    opened: sum(results, ({ verdict }) => verdict.alerts.opened),
    alertsLost: sum(results, ({ verdict }) => verdict.alerts.lost.length),
    doubled: sum(results, ({ verdict }) => verdict.alerts.doubled.length),
    moved: sum(results, ({ verdict }) => verdict.alerts.moved.length),
  };
  return [...rows, all];
}

function rowOf(results: readonly CampaignResult[], kind: FaultKind, title: string): Row {
  const row: Row = {
    title,
    times: 0,
    sent: 0,
    lost: 0,
    twice: 0,
    expected: 0,
    opened: 0,
    alertsLost: 0,
    doubled: 0,
    moved: 0,
  };
  for (const { strikes, verdict, sentInAll } of results) {
    strikes.forEach((strike, i) => {
      if (strike.kind !== kind) return;
      const next = strikes[i + 1];
      const isMine = ({ sender, seq }: { sender: number; seq: number }) =>
        seq > (strike.sentBefore[sender] as number) && seq <= ((next?.sentBefore ?? sentInAll)[sender] as number);
      const began = ({ startedAt }: { startedAt: number }) =>
        startedAt >= strike.at && startedAt < (next?.at ?? Infinity);
      row.times++;
      row.sent += strike.sentBefore.reduce(
        (all, before, s) => all + ((next?.sentBefore ?? sentInAll)[s] as number) - before,
        0,
      );
      row.lost += verdict.reports.lost.filter(isMine).length;
      row.twice += verdict.reports.twice.filter(isMine).length;
      row.expected += verdict.alerts.episodes.filter(began).length;
      row.opened += verdict.alerts.episodes.filter((one) => began(one) && one.opened !== undefined).length;
      row.alertsLost += verdict.alerts.lost.filter(began).length;
      row.doubled += verdict.alerts.doubled.filter(({ at }) => began({ startedAt: at })).length;
      row.moved += verdict.alerts.moved.filter(({ at }) => began({ startedAt: at })).length;
    });
  }
  return row;
}

/** The table, in Markdown. */
export function faultTable(results: readonly CampaignResult[], language: Language): string {
  const number = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-US');
  const lines = rowsOf(results, language).map(({ title, ...row }) =>
    [
      title,
      ...[row.times, row.sent, row.sent - row.lost, row.lost, row.twice].map((n) => number.format(n)),
      ...[row.expected, row.opened, row.alertsLost, row.doubled, row.moved].map((n) => number.format(n)),
    ].join(' | '),
  );
  const heads = HEADS[language];
  return [heads.join(' | '), heads.map((_, i) => (i === 0 ? '---' : '---:')).join(' | '), ...lines]
    .map((line) => `| ${line} |`)
    .join('\n');
}

/** Nothing lost, nothing twice, no alert lost, doubled or moved. */
export const isClean = (result: CampaignResult): boolean => troubles(result).length === 0;

/** What went wrong, in words. */
export function troubles({ setup, seed, verdict: { reports, alerts }, refused }: CampaignResult): string[] {
  const where = `set-up ${setup}, seed ${seed}:`;
  const first = (names: readonly { sender: number; seq: number }[]) =>
    names
      .slice(0, 5)
      .map(({ sender, seq }) => `${sender}/${seq}`)
      .join(', ');
  return [
    ...(reports.lost.length > 0 ? [`${reports.lost.length} reports lost (${first(reports.lost)} …)`] : []),
    ...(reports.twice.length > 0 ? [`${reports.twice.length} reports counted twice (${first(reports.twice)} …)`] : []),
    ...(reports.lost.length > 0 ? [`refused by Vigie: ${JSON.stringify(refused)}`] : []),
    ...(reports.committed === 0 ? ['nothing was committed at all'] : []),
    ...reports.metricsFaults,
    ...reports.agentGaps,
    ...alerts.lost.map(
      ({ store, kind, opened, startedAt }) =>
        `the ${kind} at ${store} of ${new Date(startedAt).toISOString()} made ${opened === undefined ? 'no incident' : `#${opened}, which did not end well`}`,
    ),
    ...alerts.doubled.map(({ what }) => what),
    ...alerts.moved.map(({ what }) => what),
  ].map((line) => `${where} ${line}`);
}

const DOCS: Record<Language, URL> = {
  en: new URL('../../docs/FAULTS.md', import.meta.url),
  fr: new URL('../../docs/fr/FAULTS.md', import.meta.url),
};
const MARKS = /(<!-- table -->\n)[\s\S]*?(\n<!-- \/table -->)/;

/** Puts the table between the marks in the docs, with the day and the seeds. */
export function writeIntoDocs(results: readonly CampaignResult[]): void {
  for (const language of ['en', 'fr'] as const) {
    const text = readFileSync(DOCS[language], 'utf8');
    if (!MARKS.test(text)) throw new Error(`${DOCS[language].pathname} has no marks for the table`);
    writeFileSync(
      DOCS[language],
      text.replace(MARKS, (_, open, close) => `${open}${section(results, language)}${close}`),
    );
  }
}

function section(results: readonly CampaignResult[], language: Language): string {
  const number = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-US');
  const day = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long' }).format(new Date());
  const seeds = [...new Set(results.map(({ seed }) => seed))].join(', ');
  const setups = results.map(({ setup, strikes, verdict: { reports } }) => {
    const { title } = SETUPS[setup];
    const [faults, samples, agents] = [strikes.length, reports.inMetrics, reports.agentReports].map((n) =>
      number.format(n),
    );
    return language === 'fr'
      ? `- Installation ${setup} : ${faults} fautes, ${samples} échantillons dans la base de mesures, ${agents} rapports d’agents réels.`
      : `- Set-up ${setup} (${title}): ${faults} faults, ${samples} samples in the metrics store, ${agents} reports of real agents.`;
  });
  const intro = language === 'fr' ? `Le ${day}, graine ${seeds} :` : `${day}, seed ${seeds}:`;
  return [intro, '', ...setups, '', faultTable(results, language)].join('\n');
}

const sum = (results: readonly CampaignResult[], of: (result: CampaignResult) => number): number =>
  results.reduce((all, one) => all + of(one), 0);
