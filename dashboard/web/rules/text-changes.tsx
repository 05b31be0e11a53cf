import { useMemo } from 'preact/hooks';
import { format } from '../words/index.ts';
import { rulePageWords } from '../words/rules.ts';
import { type DiffLine, diffTexts, type TextDiff } from './text-diff.ts';

const SIGNS = { same: ' ', gone: '−', new: '+' } as const;
/** Rules named where there is room for a few. */
const NAMED = 3;

/** What differs between two texts, line by line; first in short, unless that is said nearby. */
export function TextChanges({ before, after, inShort = true }: { before: string; after: string; inShort?: boolean }) {
  const words = rulePageWords.value;
  const diff = useMemo(() => diffTexts(before, after), [before, after]);
  if (diff.hunks.length === 0) return <p class="quiet">{words.sameText}</p>;
  return (
    <div data-testid="text-changes">
      {inShort && <ShortOf diff={diff} />}
      <div class="hunks">
        {diff.hunks.map((lines) => (
          <Hunk key={`${lines[0]?.before} ${lines[0]?.after}`} lines={lines} />
        ))}
      </div>
    </div>
  );
}

const Hunk = ({ lines }: { lines: readonly DiffLine[] }) => (
  <div class="hunk" role="presentation">
    {lines.map(({ kind, text, before, after }) => (
      <div key={`${before} ${after}`} data-line={kind}>
        <span class="line-number">{after ?? before}</span>
        <span class="line-sign">{SIGNS[kind]}</span>
        <code>{text}</code>
      </div>
    ))}
  </div>
);

/** How much a text differs, and in which rules. */
export function ShortOf({ diff: { added, removed, rules } }: { diff: TextDiff }) {
  const words = rulePageWords.value;
  const [plus, minus] = [format.value.number(added), format.value.number(removed)];
  return (
    <p class="diff-short">
      <span class="diff-count" role="img" aria-label={words.linesSaid(plus, minus)}>
        {words.lines(plus, minus)}
      </span>{' '}
      {rules.slice(0, NAMED).map((id) => (
        <code key={id ?? ''}>{id ?? words.general}</code>
      ))}
      {rules.length > NAMED && <span class="quiet">{words.more(rules.length - NAMED)}</span>}
    </p>
  );
}
