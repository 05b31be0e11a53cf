const SHAPES = {
  search: 'M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM10.300 10.300 14 14',
  help: 'M5.500 6a2.500 2.500 0 1 1 3.600 2.200c-.7.4-1.100.8-1.100 1.800M8 12.600v.2',
  person:
    'M8 8.200a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600zM2.500 14c.7-2.600 2.800-4 5.500-4s4.800 1.400 5.500 4',
  back: 'M9.500 3 4.500 8l5 5',
  close: 'M3.500 3.500l9 9M12.500 3.500l-9 9',
  check: 'M3 8.500l3.300 3.300L13 5',
  wave: 'M1.500 8c1.600-5.500 4.400-5.500 6.500 0s4.900 5.500 6.500 0',
  list: 'M2.500 4h11M2.500 8h11M2.500 12h11',
} as const;

/** A line drawing of 16 × 16 that goes with a label. */
export function Icon({ name }: { name: keyof typeof SHAPES }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}
