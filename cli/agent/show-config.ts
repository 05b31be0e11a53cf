import { openCentral } from '../../agent/central/central.ts';
import { systemClock } from '../../agent/clock.ts';
import type { AgentConfig } from '../../agent/config.ts';
import { explainConfig } from '../../agent/explain-config.ts';
import type { Invocation } from '../command.ts';
import { words } from '../words/index.ts';

/**
 * `config`: what this device runs, with what the centre last proved good. `check-config`: a file alone, found right. Both
 * only look: nothing is started or written.
 */
export async function showConfig(
  word: 'config' | 'check-config',
  local: AgentConfig,
  { flags, locale, say }: Invocation,
): Promise<number> {
  const text = words(locale).agentConfig;
  if (word === 'check-config') {
    say(text.checked(local.source, local.checks.length));
    if (flags.explain !== true) return 0;
  }
  const notes: string[] = [];
  const config = word === 'check-config' || local.central === false ? local : await withCentre(local, notes, text);
  const rows = explainConfig(config);
  const widths = (['key', 'value'] as const).map((column) =>
    Math.min(44, Math.max(...rows.map((row) => row[column].length))),
  );
  const [keyWidth = 0, valueWidth = 0] = widths;
  for (const { key, value, from } of rows) {
    say(
      flags.explain === true
        ? `${key.padEnd(keyWidth)}  ${value.padEnd(valueWidth)}  ${text.from(from)}`
        : `${key.padEnd(keyWidth)}  ${value}`,
    );
  }
  for (const note of notes) say(note);
  return 0;
}

async function withCentre(
  local: AgentConfig,
  notes: string[],
  text: ReturnType<typeof words>['agentConfig'],
): Promise<AgentConfig> {
  const central = await openCentral({ local, clock: systemClock, log: () => {}, isLooking: true });
  const { applied, refused } = central.state();
  notes.push('', text.applied(applied));
  if (refused) notes.push(text.refused(refused.version, refused.reason, refused.text ?? ''));
  return central.config;
}
