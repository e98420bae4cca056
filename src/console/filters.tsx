/** A form that only asks: what is chosen stands in the address. */

import type { ComponentChildren } from 'preact';

interface FiltersProps {
  readonly action: string;
  readonly submit: string;
  /** What else the address keeps. */
  readonly keep?: Readonly<Record<string, string | undefined>>;
  readonly children: ComponentChildren;
}

export function Filters({ action, submit, keep = {}, children }: FiltersProps) {
  return (
    <form method="get" action={action} class="filters" role="search">
      {Object.entries(keep).map(
        ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
      )}
      {children}
      <button class="button quiet">{submit}</button>
    </form>
  );
}
