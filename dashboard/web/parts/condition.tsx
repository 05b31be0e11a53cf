import type { StoreCondition } from '../../../protocol/views.ts';
import { shared } from '../words/index.ts';

/** One shape per condition, drawn on 16 × 16: a battery, and a link that goes another way round. */
const SHAPES: Record<StoreCondition, string> = {
  'on-battery': 'M1 4.500h12v2h2v3h-2v2H1zM3 6.500v3h4v-3z',
  'on-backup':
    'M1 10.500h3v-4c0-2.800 1.700-4.500 4-4.500s4 1.700 4 4.500v2h2.500L11 13.500 7.500 8.500H10v-2c0-1.500-.7-2.500-2-2.500s-2 1-2 2.500v6H1z',
};

/** The mark of what a store lives on in reserve. Decorative: whoever uses it writes it in words beside it. */
export function ConditionMark({ condition }: { condition: StoreCondition }) {
  return (
    <svg class="condition-mark" viewBox="0 0 16 16" aria-hidden="true" data-condition={condition}>
      <path d={SHAPES[condition]} fill-rule="evenodd" />
    </svg>
  );
}

/** The same with its word. */
export function ConditionBadge({ condition }: { condition: StoreCondition }) {
  return (
    <span class="badge" data-testid="condition">
      <ConditionMark condition={condition} />
      {shared.value.storeConditions[condition]}
    </span>
  );
}
