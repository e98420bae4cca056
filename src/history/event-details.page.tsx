/** What one event of the log says: its fields in words, amounts as amounts, days as days; the JSON for whoever wants it. */

import type { ComponentChildren } from 'preact';
import { parseDay } from '#libs/calendar/day';
import { Amount } from '../console/amount.js';
import { Day, Instant } from '../console/day.js';
import { nameOf, type Names } from '../console/names.js';
import { useLanguage, useTexts } from '../console/reading.js';
import { eventFields, eventValues, VALUE_FIELDS } from './event-fields.js';

const TEXTS = {
  fr: { json: 'JSON de l’événement', none: 'aucun', colon: ' :', more: 'autres : voir le JSON' },
  en: { json: 'JSON of the event', none: 'none', colon: ':', more: 'more: see the JSON' },
};

/** Of a list so many are written out; fewer where each says much. */
const [LISTED, LISTED_WIDE, WIDE] = [6, 2, 4];
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

interface EventDetailsProps {
  readonly data: object;
  readonly names: Names;
  /** Fields that are said already. */
  readonly said: ReadonlySet<string>;
}

export function EventDetails({ data, names, said }: EventDetailsProps) {
  const texts = useTexts(TEXTS);
  return (
    <>
      <dl class="event-fields">
        {Object.entries(data).map(
          ([name, value]) =>
            !said.has(name) && (
              <div>
                <dt>
                  <Field name={name} />
                  {texts.colon}
                </dt>{' '}
                <dd>
                  <Value name={name} value={value as unknown} names={names} />
                </dd>
              </div>
            ),
        )}
      </dl>
      <details class="event-json">
        <summary>{texts.json}</summary>
        <pre>{JSON.stringify(data, null, 2)}</pre>
      </details>
    </>
  );
}

function Field({ name }: { readonly name: string }) {
  const at = useLanguage() === 'fr' ? 0 : 1;
  return <>{eventFields[name]?.[at] ?? name}</>;
}

interface ValueProps {
  readonly name: string;
  readonly value: unknown;
  readonly names: Names;
}

function Value({ name, value, names }: ValueProps): ComponentChildren {
  const texts = useTexts(TEXTS);
  if (Array.isArray(value)) {
    if (value.length === 0) return texts.none;
    const isWide = typeof value[0] === 'object' && Object.keys(value[0] as object).length >= WIDE;
    const listed = isWide ? LISTED_WIDE : LISTED;
    const left = value.length - listed;
    return (
      <>
        {value.slice(0, listed).map((each: unknown, i) => (
          <>
            {i > 0 && ' · '}
            <Value {...{ name, value: each, names }} />
          </>
        ))}
        {left > 0 && ` · ${left} ${texts.more}`}
      </>
    );
  }
  if (typeof value === 'object' && value !== null) return <Within value={value} names={names} />;
  return <Scalar {...{ name, value, names }} />;
}

/** What a funder has, in a few words: `Eure 33,33 €`; of anything else each field with its word. */
function Within({ value, names }: { readonly value: object; readonly names: Names }) {
  const fields = Object.entries(value) as [string, unknown][];
  const isShort = fields.length === 2 && fields[0]![0] === 'funderId';
  return (
    <>
      {fields.map(([name, each], i) => (
        <>
          {i > 0 && (isShort ? ' ' : ', ')}
          {!isShort && name !== 'funderId' && (
            <>
              <Field name={name} />{' '}
            </>
          )}
          <Value {...{ name, value: each, names }} />
        </>
      ))}
    </>
  );
}

function Scalar({ name, value, names }: ValueProps) {
  const at = useLanguage() === 'fr' ? 0 : 1;
  if (typeof value === 'number') return name.endsWith('Cents') ? <Amount cents={value} /> : <>{value}</>;
  const text = String(value);
  if (INSTANT.test(text)) return <Instant at={text} />;
  if (parseDay(text) !== undefined) return <Day on={text} />;
  if (VALUE_FIELDS.has(name)) return <>{eventValues[text]?.[at] ?? text}</>;
  if (name === 'schemeId') return <>{nameOf(names.schemes, text)}</>;
  return <>{nameOf(names.funders, text)}</>;
}
