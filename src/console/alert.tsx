/** A message that stands out: an error, a warning, something done, something to know. */

import type { ComponentChildren } from 'preact';

interface AlertProps {
  readonly kind: 'error' | 'warning' | 'done' | 'note';
  readonly title: ComponentChildren;
  /** Focused when the page opens, so that it is read first. */
  readonly focused?: true;
  readonly children?: ComponentChildren;
}

export function Alert({ kind, title, focused, children }: AlertProps) {
  return (
    <div
      class={`alert ${kind}`}
      role={kind === 'error' ? 'alert' : kind === 'done' ? 'status' : undefined}
      {...(focused && { tabIndex: -1, autofocus: true })}
    >
      <p class="alert-title">{title}</p>
      {children}
    </div>
  );
}
