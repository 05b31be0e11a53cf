import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface PopProps {
  summary: ComponentChildren;
  /** Of the summary: it looks like a button or a link. */
  look: 'button' | 'link-button';
  testId: string;
  class?: string;
  children: ComponentChildren;
}

/** A card that opens under its summary; a click elsewhere or Escape closes it. */
export function Pop({ summary, look, testId, class: name = '', children }: PopProps) {
  const card = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const closeElsewhere = (event: Event): void => {
      if (card.current?.open && !card.current.contains(event.target as Node)) card.current.open = false;
    };
    document.addEventListener('click', closeElsewhere);
    return () => document.removeEventListener('click', closeElsewhere);
  }, []);
  return (
    <details
      class={`pop ${name}`}
      ref={card}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return;
        event.preventDefault();
        event.currentTarget.open = false;
        event.currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary class={look} data-testid={testId}>
        {summary}
      </summary>
      {children}
    </details>
  );
}
