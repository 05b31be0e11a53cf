import type { ComponentChildren } from 'preact';

/** Names and what goes with them, one below the other. A name may be empty: what goes with the one above. */
export const Pairs = ({ rows }: { rows: readonly (readonly [name: string, value: ComponentChildren])[] }) => (
  <dl class="pairs">
    {rows.map(([name, value], i) => (
      <div key={`${name}${i}`}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
