/** The form of one act on a grant or a payment: a day, a reason, and what else it takes. */

import { DayField, EurosField, HiddenField, LongTextField, SelectField, TextField } from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormFields } from '../console/form-fields.js';
import type { FormState } from '../console/form-state.js';
import type { Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';

export interface ActPageProps {
  readonly title: string;
  /** What it is done to, and the way back there. */
  readonly target: { readonly href: string; readonly text: string };
  readonly action: string;
  readonly kind: 'plain' | 'danger';
  /** The fields that are shown, in order; an id is carried along. */
  readonly fields: FormFields;
  readonly optional: readonly string[];
  readonly form: FormState;
  readonly names: Names;
}

export const actTexts = {
  fr: {
    done: 'Enregistré.',
    payer: 'La collectivité payeuse',
    labels: {
      reversedOn: 'Annulé le',
      recoveredOn: 'Reversé le',
      returnedOn: 'Rejeté le',
      reissuedOn: 'Réémis le',
      suspendedOn: 'Suspendu le',
      resumedOn: 'Repris le',
      cancelledOn: 'Annulé le',
      closedOn: 'Clos le',
      transferredOn: 'Transféré le',
      reason: 'Motif',
      amountCents: 'Montant',
      orderNumber: 'Numéro de mandat',
      recoveredBy: 'Collectivité qui a encaissé',
      to: 'Nouvelle collectivité instructrice',
      act: 'Acte',
      'period.from': 'Période, du',
      'period.to': 'Période, au',
      overrideReason: 'Motif, si un autre dossier se recoupe',
    } as Readonly<Record<string, string>>,
  },
  en: {
    done: 'Recorded.',
    payer: 'The paying funder',
    labels: {
      reversedOn: 'Reversed on',
      recoveredOn: 'Recovered on',
      returnedOn: 'Returned on',
      reissuedOn: 'Reissued on',
      suspendedOn: 'Suspended on',
      resumedOn: 'Resumed on',
      cancelledOn: 'Cancelled on',
      closedOn: 'Closed on',
      transferredOn: 'Transferred on',
      reason: 'Reason',
      amountCents: 'Amount',
      orderNumber: 'Payment-order number',
      recoveredBy: 'Funder that received it',
      to: 'New instructing authority',
      act: 'Act',
      'period.from': 'Period, from',
      'period.to': 'Period, to',
      overrideReason: 'Reason, if another grant overlaps',
    } as Readonly<Record<string, string>>,
  },
};

/** Where none has to be chosen, it is the payer. */
const FUNDERS: ReadonlySet<string> = new Set(['to', 'recoveredBy']);
const LONG: ReadonlySet<string> = new Set(['reason', 'overrideReason']);

export function ActPage({ title, target, action, kind, fields, optional, form, names }: ActPageProps) {
  const { labels, payer } = useTexts(actTexts);
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">
        <a href={target.href}>{target.text}</a>
      </p>
      <Form action={action} form={form} send={title} kind={kind}>
        {Object.entries(fields).map(([name, is]) => {
          const field = {
            form,
            name,
            label: labels[name] ?? name,
            ...(optional.includes(name) && { optional: true as const }),
          };
          if (name.endsWith('Id')) return <HiddenField form={form} name={name} />;
          if (FUNDERS.has(name))
            return <SelectField {...field} {...(field.optional && { none: payer })} choices={names.funders} />;
          if (LONG.has(name)) return <LongTextField {...field} />;
          if (is === 'euros') return <EurosField {...field} />;
          return is === 'day' ? <DayField {...field} /> : <TextField {...field} autoComplete="off" />;
        })}
      </Form>
    </>
  );
}
