import { agentWords } from '../words/agents.ts';
import { toast } from './toast.tsx';

/** A text to be taken elsewhere, whole, with a button that copies it. */
export function CopyText({ label, text, testId }: { label: string; text: string; testId: string }) {
  const words = agentWords.value;
  const copy = (): void => {
    // Browsers give the clipboard to secure pages only.
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    written.then(
      () => toast(words.copied),
      () => toast(words.notCopied, true),
    );
  };
  return (
    <div class="copy">
      <span class="copy-label">{label}</span>
      <code data-testid={testId}>{text}</code>
      <button type="button" class="button" aria-label={`${words.copy} (${label})`} onClick={copy}>
        {words.copy}
      </button>
    </div>
  );
}
