/** A form that only asks: what is chosen stands in the address. */

import { createContext, type ComponentChildren } from 'preact';

/** Whether what is rendered stands in filters, of which each may be left empty unless it is needed. */
export const AmongFilters = createContext(false);

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
      <AmongFilters.Provider value={true}>{children}</AmongFilters.Provider>
      <button class="button quiet">{submit}</button>
    </form>
  );
}
