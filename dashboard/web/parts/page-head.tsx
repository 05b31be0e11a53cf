import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface Crumb {
  href: string;
  label: string;
}

/** Where we are and what it is: the way back, the name, and what is to be known first. */
export function PageHead({
  trail,
  title,
  children,
}: {
  trail: Crumb[];
  title: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <header class="page-head">
      <nav class="trail">
        <Icon name="back" />
        {trail.map(({ href, label }) => (
          <a key={href} href={href}>
            {label}
          </a>
        ))}
      </nav>
      <h1>{title}</h1>
      {children}
    </header>
  );
}

/** A part of a page under its own heading. */
export function Card({
  title,
  children,
  wide = false,
}: {
  title: string;
  children: ComponentChildren;
  wide?: boolean;
}) {
  return (
    <section class={wide ? 'card wide' : 'card'}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
