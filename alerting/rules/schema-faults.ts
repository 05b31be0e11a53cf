import type { TLocalizedValidationError } from 'typebox/error';

/** One thing wrong with a rule pack. */
export interface RuleFault {
  /** Where, e.g. `/rules/2/clear`. */
  path: string;
  /** What was expected there. */
  message: string;
}

const DURATIONS: ReadonlySet<string> = new Set([
  ...[
    'settle',
    'quiet',
    'reopen',
    'grace',
    'for',
    'clearFor',
    'stoppedFor',
    'window',
    'after',
    'within',
    'clearBeyond',
    'over',
  ],
]);

/** The schema's findings as faults, each told once, below the path `base`. */
export function toFaults(findings: readonly TLocalizedValidationError[], base: string): RuleFault[] {
  const faults = new Map<string, RuleFault>();
  const add = (path: string, message: string) => faults.set(`${path} ${message}`, { path: base + path, message });
  for (const finding of findings) {
    const path = finding.instancePath;
    if (finding.keyword === 'required') {
      for (const name of finding.params.requiredProperties) add(`${path}/${name}`, 'must be given');
    } else if (finding.keyword === 'additionalProperties') {
      for (const name of finding.params.additionalProperties) add(`${path}/${name}`, 'is not known here');
    } else if (finding.keyword === 'enum') {
      add(path, `must be one of ${finding.params.allowedValues.join(', ')}`);
    } else if (finding.keyword === 'anyOf') {
      // Of a text or a list nothing is allowed by name: what each of them asks for is told on its own.
      const allowed = allowedAt(findings, path);
      if (allowed.length > 0) add(path, `must be one of ${allowed.join(', ')}`);
    } else if (finding.keyword !== 'const' && finding.keyword !== 'boolean') {
      const isDuration = DURATIONS.has(path.slice(path.lastIndexOf('/') + 1)) || /\/(respond|restore)\/P\d$/.test(path);
      add(path, isDuration ? 'must be a duration such as `30 s`, `5 min` or `1 h`' : finding.message);
    }
  }
  return [...faults.values()];
}

function allowedAt(findings: readonly TLocalizedValidationError[], path: string): unknown[] {
  return findings.flatMap((finding) =>
    finding.keyword === 'const' && finding.instancePath === path ? [finding.params.allowedValue] : [],
  );
}
