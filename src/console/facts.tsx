/** What is known of one thing, as names and values. */

import type { ComponentChildren } from 'preact';

export type Fact = readonly [name: ComponentChildren, value: ComponentChildren];

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
