/** Where something stands in its life, in a word; the tone is never the only sign. */

import type { ComponentChildren } from 'preact';

export type Tone = 'plain' | 'good' | 'waiting' | 'bad';

export function StatusBadge({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone;
  readonly children: ComponentChildren;
}) {
  return <span class={`badge ${tone}`}>{children}</span>;
}
