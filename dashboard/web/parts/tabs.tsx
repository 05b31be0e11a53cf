import { useEffect, useRef } from 'preact/hooks';

interface Tab {
  href: string;
  label: string;
  isHere: boolean;
  /** A figure that asks to be looked at. */
  count?: number | undefined;
}

/** The parts of a page that has several, each with an address of its own. */
export function Tabs({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  const nav = useRef<HTMLElement>(null);
  const here = tabs.find(({ isHere }) => isHere)?.href;
  useEffect(() => {
    // Where they don't all fit, the one that is shown does.
    const current = nav.current?.querySelector('[aria-current]');
    current?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [here]);
  return (
    <nav class="tabs" aria-label={label} ref={nav}>
      {tabs.map(({ href, label: name, isHere, count }) => (
        <a key={href} href={href} aria-current={isHere ? 'page' : undefined}>
          {name}
          {count !== undefined && count > 0 && <span class="tab-count">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
