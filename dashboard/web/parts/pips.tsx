import { type DeviceState, PIP_OF } from '../../../protocol/views.ts';

const STATE_OF = new Map(Object.entries(PIP_OF).map(([state, letter]) => [letter, state as DeviceState]));

/** The state a pip's letter stands for; what we don't know is blind. */
const stateOfPip = (letter: string): DeviceState => STATE_OF.get(letter) ?? 'blind';

/** One mark per lane in the order they stand: standing when it sells, and a shape of its own for everything else. */
export function Pips({ pips }: { pips: string }) {
  if (pips === '') return null;
  return (
    <span class="pips" aria-hidden="true">
      {[...pips].map((letter, i) => (
        <i key={i} class="pip" data-testid="pip" data-state={stateOfPip(letter)} />
      ))}
    </span>
  );
}
