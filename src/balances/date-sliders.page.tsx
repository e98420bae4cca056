/** Two dates as sliders: up to which day facts count, and what had been recorded by which day. A script moves them; the fields do the same. */

import { daysBetween } from '#libs/calendar/day';
import { Day } from '../console/day.js';
import { useTexts } from '../console/reading.js';

export interface SliderDates {
  /** The first day that each may stand on, and the last. */
  readonly first: string;
  readonly last: string;
  /** Where it stands. */
  readonly on: string;
}

export interface DateSlidersProps {
  readonly asOf: SliderDates;
  readonly knownOn: SliderDates;
}

const TEXTS = {
  fr: { label: 'Curseurs de dates', asOf: 'Faits datés jusqu’au', knownOn: 'Enregistrés jusqu’au' },
  en: { label: 'Date sliders', asOf: 'Facts dated until', knownOn: 'Recorded until' },
};

/** Hidden until the script has come that gives them their sense. */
export function DateSliders({ asOf, knownOn }: DateSlidersProps) {
  const texts = useTexts(TEXTS);
  return (
    <section id="sliders" class="sliders" aria-label={texts.label} hidden>
      <DateSlider name="asOf" label={texts.asOf} dates={asOf} />
      <DateSlider name="knownOn" label={texts.knownOn} dates={knownOn} />
    </section>
  );
}

interface DateSliderProps {
  /** Of the field that it moves. */
  readonly name: string;
  readonly label: string;
  readonly dates: SliderDates;
}

function DateSlider({ name, label, dates: { first, last, on } }: DateSliderProps) {
  const id = `slide-${name}`;
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id}>
        <Day on={on} />
      </output>
      <input
        type="range"
        id={id}
        min={0}
        max={daysBetween(first, last)}
        value={daysBetween(first, on)}
        data-field={name}
        data-first={first}
      />
      <p class="hint" aria-hidden="true">
        <Day on={first} /> <Day on={last} />
      </p>
    </div>
  );
}
