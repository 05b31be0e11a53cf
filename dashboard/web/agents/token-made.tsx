import type { EnrolTokenEntry } from '../../ports.ts';
import { CopyText } from '../parts/copy.tsx';
import { Card } from '../parts/page-head.tsx';
import { nameStore } from '../parts/store-choice.tsx';
import { agentWords } from '../words/agents.ts';
import { shared } from '../words/index.ts';

export interface MadeToken {
  token: string;
  /** Where devices come with it: `https://…`. */
  server: string;
  entry: EnrolTokenEntry;
}

/** A token that was just made, with the command it is for: shown this once. */
export function TokenMade({ made, onDone }: { made: MadeToken; onDone: () => void }) {
  const words = agentWords.value;
  const { token, server, entry } = made;
  const { chain, store, kind, device } = entry;
  const named = device === undefined ? '' : ` --device=${device}`;
  const whose = device ?? shared.value.deviceKinds[kind];
  return (
    <Card title={`${words.made} (${whose}, ${nameStore(`${chain}/${store}`)})`}>
      <div class="token-made" data-testid="token-made">
        <p>{words.madeMore}</p>
        <CopyText
          label={words.command}
          testId="enrol-command"
          text={`vigie agent enroll --server=${server} --token=${token}${named}`}
        />
        <CopyText label={words.token} testId="token-text" text={token} />
        <button type="button" class="button" onClick={onDone}>
          {words.done}
        </button>
      </div>
    </Card>
  );
}
