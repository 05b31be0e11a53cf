import type { ComponentChildren } from 'preact';

interface Blank {
  title: string;
  more: string;
  kind: 'empty' | 'error';
  children?: ComponentChildren;
}

/** What stands where there is nothing to show: why, and what to do next. */
export function Blank({ title, more, kind, children }: Blank) {
  return (
    <div class="blank" data-testid={kind} role={kind === 'error' ? 'alert' : undefined}>
      <span class="blank-mark" data-kind={kind} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <p class="blank-title">{title}</p>
      <p class="blank-more">{more}</p>
      {children}
    </div>
  );
}
