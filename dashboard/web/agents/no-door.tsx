import { Blank } from '../parts/blank.tsx';
import { agentWords } from '../words/agents.ts';

/** Said where agents come without certificates: nobody can be admitted. */
export const NoDoor = () => (
  <Blank kind="empty" title={agentWords.value.doorClosed} more={agentWords.value.doorClosedMore} />
);
