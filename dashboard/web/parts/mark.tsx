import type { ComponentChildren } from 'preact';
import type { DeviceState, StoreState } from '../../../protocol/views.ts';
import { Glyph } from './glyph.tsx';

/** A word with the shape and colour of a state: what is well has neither. */
export function Mark({
  as,
  title,
  children,
}: {
  as: StoreState | DeviceState;
  title?: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <span class="badge" data-state={as} title={title}>
      <Glyph state={as} />
      {children}
    </span>
  );
}
