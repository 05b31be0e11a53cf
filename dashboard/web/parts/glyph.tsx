import type { DeviceState, StoreState } from '../../../protocol/views.ts';

/** One shape per state, drawn on 16 × 16. What is well has none, so that it recedes. */
const SHAPES: Record<StoreState, string> = {
  up: '',
  degraded: 'M8 1.8 15.2 14.4H.8z',
  down: 'M2 2h12v12H2z',
  blind:
    'M6.7 10.2h2.5c0-1.9 3.4-2.5 3.4-5.6C12.600 2.300 10.700.8 8.100.8 5.500.8 3.600 2.300 3.500 4.900h2.600c.1-1.100.8-1.800 1.900-1.800 1.100 0 1.900.6 1.900 1.600 0 1.700-3.200 2.200-3.200 5.500zM6.500 12h2.900v3H6.500z',
  'selling-offline': 'M1 5.500 5 1.500v2.800h10v2.400H5v2.800zM15 10.500l-4 4v-2.800H1V9.300h10V6.500z',
  maintenance:
    'M1.800 13.300 9.700 4.500l1.500 1.400-7.900 8.800zM8.300 3.100 11 .5l4.200 3.900-2.700 2.600zM14.200 13.300 9.600 8.200 8.200 9.700l4.500 5zM6.100 4.200 4.600 5.700l2 2.200L8 6.400zM.7 6.800C1.200 3.600 3.700 1.400 7.100 1.700L6 3.800C4.100 3.600 2.600 4.500 2.200 6.500z',
  closed:
    'M6.200 1.200C3.300 2 1.200 4.700 1.200 7.900c0 3.800 3.100 6.900 6.900 6.900 3.200 0 5.900-2.100 6.700-5C11 11.400 5 8.600 6.200 1.200z',
};

/** The mark of a state. Decorative: whoever uses it writes the state in words beside it. */
export function Glyph({ state }: { state: StoreState | DeviceState }) {
  const shape = SHAPES[state];
  if (shape === '') return null;
  return (
    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true" data-glyph={state}>
      <path d={shape} />
    </svg>
  );
}
