/** One figure with its name, or one thing that awaits; a link where it leads somewhere. */

import type { ComponentChildren } from 'preact';
import type { Tone } from './badge.js';

interface TileProps {
  readonly name: ComponentChildren;
  readonly figure: ComponentChildren;
  readonly note?: ComponentChildren;
  readonly href?: string;
  readonly tone?: Tone;
}

export function Tile({ name, figure, note, href, tone = 'plain' }: TileProps) {
  return (
    <li class={`tile ${tone}`}>
      <p class="tile-name">{href === undefined ? name : <a href={href}>{name}</a>}</p>
      <p class="tile-figure">{figure}</p>
      {note !== undefined && <p class="tile-note">{note}</p>}
    </li>
  );
}

export function Tiles({ children }: { readonly children: ComponentChildren }) {
  return <ul class="tiles">{children}</ul>;
}
