import { actionWords } from '../words/actions.ts';

/** How things stood before an action and stand after it, and what it printed: as it came, in a block that scrolls. */
export function Output({
  before,
  after,
  output,
  isOpen,
}: {
  before: string | undefined;
  after: string | undefined;
  output: string | undefined;
  /** Whether what it printed is shown without being asked for. */
  isOpen: boolean;
}) {
  const words = actionWords.value;
  if (before === undefined && after === undefined && output === undefined) return null;
  return (
    <div class="output">
      {(before !== undefined || after !== undefined) && (
        <dl class="pairs">
          {before !== undefined && (
            <div>
              <dt>{words.before}</dt>
              <dd>{before}</dd>
            </div>
          )}
          {after !== undefined && (
            <div>
              <dt>{words.after}</dt>
              <dd>{after}</dd>
            </div>
          )}
        </dl>
      )}
      {output !== undefined && (
        <details open={isOpen}>
          <summary>{words.output}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <pre tabIndex={0}>{output}</pre>
        </details>
      )}
    </div>
  );
}
