/** What a chart draws stands out from its sheet by 3 : 1 at least, in light and in dark (WCAG 1.4.11). */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const css = readFileSync(join(__dirname, 'assets/console.css'), 'utf8');

/** The two colours of a variable: in light, in dark. */
function colours(name: string): readonly string[] {
  return new RegExp(String.raw`--${name}: light-dark\((#\w{6}), (#\w{6})\)`).exec(css)!.slice(1);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

it.each(['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'waiting', 'bad', 'ink', 'edge'])(
  '%s stands out from the sheet and from the groove of a bar',
  (name) => {
    const drawn = colours(name);
    for (const ground of ['sheet', 'sunk'])
      expect(colours(ground).map((colour, theme) => contrast(colour, drawn[theme]!) >= 3)).toEqual([true, true]);
  },
);
