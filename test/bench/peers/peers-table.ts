import type { Locale } from '../../../protocol/inventory.ts';
import { VALUES_PER_REPORT } from '../report-shape.ts';
import { markdownTable, writeNumber } from '../tables.ts';
import { highestHeld, type Step } from './ladder.ts';
import type { PeerRun } from './run-peers.ts';

const WORDS = {
  en: {
    head: [
      'System',
      'Reports/s held',
      'Values/s',
      'CPU s per 100,000 values',
      'same, at the first rate',
      'Memory (PSS, MB)',
      'Reports acknowledged, not committed: held / too much',
      'Others’ CPU',
    ],
    system: 'System',
    judges: 'Judges',
    acknowledges: 'Acknowledges',
    leftOut: (program: string) => `left out: ${program} is not installed`,
    nothingHeld: 'no rate held',
    ratios: (reference: string) => `${reference} beside …`,
    ratioHead: ['Reports/s', 'CPU per value', 'same, at the first rate', 'Memory'],
    first: (rate: string) => `First rate, the same for all: ${rate} reports/s offered.`,
    order: (names: string) => `In this order, each alone: ${names}.`,
    reading: 'A ratio above 1 is in Vigie’s favour: so many times the reports, or so many times less CPU or memory.',
    others:
      'Others’ CPU: what the rest of the machine burnt meanwhile, worst share of any step; near 0 %, or the run is spoilt.',
  },
  fr: {
    head: [
      'Système',
      'Rapports/s tenus',
      'Valeurs/s',
      'CPU, s pour 100 000 valeurs',
      'de même, au premier débit',
      'Mémoire (PSS, Mo)',
      'Rapports acquittés, non validés : tenu / en excès',
      'CPU d’autrui',
    ],
    system: 'Système',
    judges: 'Juge',
    acknowledges: 'Acquitte',
    leftOut: (program: string) => `laissé de côté : ${program} n’est pas installé`,
    nothingHeld: 'aucun débit tenu',
    ratios: (reference: string) => `${reference} à côté de…`,
    ratioHead: ['Rapports/s', 'CPU par valeur', 'de même, au premier débit', 'Mémoire'],
    first: (rate: string) => `Premier débit, le même pour tous : ${rate} rapports/s offerts.`,
    order: (names: string) => `Dans cet ordre, chacun seul : ${names}.`,
    reading:
      'Un rapport au-dessus de 1 est à l’avantage de Vigie : tant de fois plus de rapports, ou tant de fois moins de CPU ou de mémoire.',
    others:
      'CPU d’autrui : ce que le reste de la machine a brûlé pendant ce temps, au pire palier ; proche de 0 %, sinon la mesure est gâtée.',
  },
} as const;

/** The whole side-by-side: what was held, Vigie's ratios to the others, and how the run went. */
export function peersReport(runs: readonly PeerRun[], locale: Locale): string {
  const words = WORDS[locale];
  const number = (value: number | undefined) => (value === undefined ? '–' : writeNumber(value, locale));
  const firstRate = runs.find(({ steps }) => steps.length > 0)?.steps[0]?.offeredPerS;
  return [
    markdownTable(
      words.head,
      runs.map((run) => heldRow(run, locale)),
    ),
    ...runs.filter(({ system }) => system.isVigie).map((run) => ratioTable(run, runs, locale)),
    markdownTable(
      [words.system, words.judges, words.acknowledges],
      runs.map(({ system }) => [system.name[locale], system.judges[locale], system.acknowledges[locale]]),
    ).replaceAll('---:', '---'),
    [
      words.first(number(firstRate)),
      words.order(runs.map(({ system }) => system.name[locale]).join(', ')),
      words.reading,
      words.others,
    ].join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function heldRow({ system, steps, missing }: PeerRun, locale: Locale): string[] {
  const words = WORDS[locale];
  const number = (value: number | undefined) => (value === undefined ? '–' : writeNumber(value, locale));
  const best = highestHeld(steps);
  const others = Math.max(0, ...steps.map(({ cpu }) => cpu.other * 100));
  const name = system.name[locale];
  if (missing !== undefined) return [name, words.leftOut(missing), '', '', '', '', '', ''];
  return [
    name,
    best ? number(best.committedPerS) : words.nothingHeld,
    number(best && best.committedPerS * VALUES_PER_REPORT),
    number(best?.cpuPer100k),
    number(atFirstRate(steps)?.cpuPer100k),
    number(best?.pssMb),
    `${number(best?.uncommitted)} / ${number(overrun(steps)?.uncommitted)}`,
    `${number(others)} %`,
  ];
}

function ratioTable(reference: PeerRun, runs: readonly PeerRun[], locale: Locale): string {
  const words = WORDS[locale];
  const ours = highestHeld(reference.steps);
  const rows = runs.flatMap((run) => {
    const theirs = highestHeld(run.steps);
    if (run === reference || !ours || !theirs) return [];
    const ratio = (a: number | undefined, b: number | undefined) =>
      a === undefined || b === undefined ? '–' : `${writeNumber(a / b, locale)} ×`;
    return [
      [
        run.system.name[locale],
        ratio(ours.committedPerS, theirs.committedPerS),
        ratio(theirs.cpuPer100k, ours.cpuPer100k),
        ratio(atFirstRate(run.steps)?.cpuPer100k, atFirstRate(reference.steps)?.cpuPer100k),
        ratio(theirs.pssMb, ours.pssMb),
      ],
    ];
  });
  return rows.length === 0
    ? ''
    : markdownTable([words.ratios(reference.system.name[locale]), ...words.ratioHead], rows);
}

/** The rate that is the same for all, where it was held. */
const atFirstRate = (steps: readonly Step[]): Step | undefined => steps.slice(0, 1).find(({ held }) => held);

/** The worst of what was too much. */
const overrun = (steps: readonly Step[]): Step | undefined =>
  steps.filter(({ held }) => !held).sort((a, b) => (b.uncommitted ?? 0) - (a.uncommitted ?? 0))[0];
