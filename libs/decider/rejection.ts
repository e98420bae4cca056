/** A rejection: a rule's no, with a stable code and the facts a reader needs. An error, by contrast, is a fault. */

/** What kind of no: the edge turns it into a status, the command line into an exit code. */
export type RejectionKind = 'conflict' | 'not-found' | 'id-reused' | 'forbidden' | 'stale' | 'malformed';

/** One line of a capability's table of rejections. `{name}` in a detail is filled from the rejection's facts. */
export interface RejectionText {
  readonly kind: RejectionKind;
  readonly title: { readonly fr: string; readonly en: string };
  readonly detail: { readonly fr: string; readonly en: string };
  /** The rules it keeps, `R15` for instance. */
  readonly rules: readonly string[];
}

export type RejectionTable = Readonly<Record<string, RejectionText>>;

/** Facts by name. Names that end in `Cents` are amounts and are shown as euros, in `On` days. */
export type RejectionFacts = Readonly<Record<string, string | number>>;

export class Rejection extends Error {
  override readonly name = 'Rejection';
  constructor(
    readonly code: string,
    readonly text: RejectionText,
    readonly facts: RejectionFacts,
  ) {
    super(code);
  }
}

/** The `reject` function of a capability: `throw reject('PAYMENT_EXCEEDS_GRANT', { remainingCents })`. */
export function rejecter<Table extends RejectionTable>(table: Table) {
  return (code: keyof Table & string, facts: RejectionFacts = {}): Rejection =>
    new Rejection(code, table[code]!, facts);
}
