import type { SelfSource } from '../ports.ts';

/** Figures in Prometheus' text format, version 0.0.4. */
export function writeFigures(figures: ReturnType<SelfSource['figures']>): string {
  const lines = figures.flatMap(({ name, help, type, samples }) => [
    `# HELP ${name} ${escapeText(help)}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(
      ({ suffix = '', labels, value }) => `${name}${suffix}${writeLabels(labels ?? {})} ${writeValue(value)}`,
    ),
  ]);
  return `${lines.join('\n')}\n`;
}

function writeLabels(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeText(value).replaceAll('"', '\\"')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escapeText = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

const writeValue = (value: number): string =>
  Number.isFinite(value) || Number.isNaN(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
