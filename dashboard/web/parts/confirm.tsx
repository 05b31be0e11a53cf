import type { ComponentChildren } from 'preact';
import { agentWords } from '../words/agents.ts';
import { Modal } from './modal.tsx';

/** Asks once more before something that cannot be undone, or that many will notice. */
export function Confirm({
  title,
  yes,
  onYes,
  onClose,
  children,
}: {
  title: string;
  /** What the button that does it says. */
  yes: string;
  onYes: () => void;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const confirm = (event: Event): void => {
    event.preventDefault();
    onYes();
  };
  return (
    <Modal title={title} testId="confirm" onClose={onClose}>
      <form class="form" onSubmit={confirm}>
        {children}
        <footer class="buttons">
          <button type="submit" class="button danger" data-testid="confirm-yes">
            {yes}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {agentWords.value.cancel}
          </button>
        </footer>
      </form>
    </Modal>
  );
}
