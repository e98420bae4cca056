/** What is typed into a form becomes the JSON body of a write, and what is wrong is told beside its field. */

import { asTyped, kindOf, readForm, type FormFields } from './form-fields.js';
import { freshForm, refusedForm } from './form-state.js';

const FIELDS = {
  grantId: 'text',
  amountCents: 'euros',
  paidOn: 'day',
  exercice: 'integer',
  schemes: 'list',
  lines: 'integers',
  'beneficiary.siret': 'text',
  'splitKey.*.funderId': 'text',
  'splitKey.*.weight': 'integer',
} as const satisfies FormFields;

const bodyOf = (typed: Record<string, string | string[]>) => readForm(FIELDS, typed).body;
const wrongOf = (typed: Record<string, string | string[]>) =>
  readForm(FIELDS, typed).problems.map(({ name, code }) => `${name} ${code}`);

describe('A form', () => {
  it.each([
    ['1 234,56', 123_456],
    ['1\u202f234,56 €', 123_456],
    ['12', 1_200],
  ])('reads the amount %s as cents', (typed, amountCents) => {
    expect(bodyOf({ amountCents: typed })).toEqual({ amountCents });
  });

  it.each(['31/01/2010', '2010-01-31', ' 31/01/2010 '])('reads the day %p', (paidOn) => {
    expect(bodyOf({ paidOn })).toEqual({ paidOn: '2010-01-31' });
  });

  it('reads integers of one name as a list, and none of them when one is wrong', () => {
    expect(bodyOf({ lines: ['3', ' 12 '] })).toEqual({ lines: [3, 12] });
    expect(bodyOf({ lines: '3' })).toEqual({ lines: [3] });
    expect(wrongOf({ lines: ['3', 'x'] })).toEqual(['lines LIST_INVALID']);
  });

  it('builds objects and lists from the names of its fields, and leaves out what is empty', () => {
    expect(
      bodyOf({
        grantId: ' G-1 ',
        amountCents: '',
        schemes: ['insertion', ''],
        'beneficiary.siret': '00027600600012',
        'splitKey.0.funderId': 'region',
        'splitKey.0.weight': '2',
        'splitKey.1.funderId': '',
        'splitKey.1.weight': ' ',
        'splitKey.2.funderId': 'eure',
        'splitKey.2.weight': '1',
      }),
    ).toEqual({
      grantId: 'G-1',
      schemes: ['insertion'],
      beneficiary: { siret: '00027600600012' },
      splitKey: [
        { funderId: 'region', weight: 2 },
        { funderId: 'eure', weight: 1 },
      ],
    });
  });

  it.each([
    [{ amountCents: '1.234' }, 'amountCents AMOUNT_INVALID'],
    [{ amountCents: '-5' }, 'amountCents AMOUNT_INVALID'],
    [{ paidOn: '30/02/2010' }, 'paidOn DAY_INVALID'],
    [{ exercice: '20l0' }, 'exercice INTEGER_INVALID'],
    [{ other: 'x' }, 'other FIELD_UNKNOWN'],
    [{ __proto__x: 'x' }, '__proto__x FIELD_UNKNOWN'],
    [{ 'constructor.prototype': 'x' }, 'constructor.prototype FIELD_UNKNOWN'],
    [{ 'splitKey.x.weight': '1' }, 'splitKey.x.weight FIELD_UNKNOWN'],
  ])('%j is refused: %s', (typed, problem) => {
    expect(wrongOf(typed)).toEqual([problem]);
  });

  it('keeps a part of the body though nothing of it was typed, and takes none as a field', () => {
    const fields = { period: 'part', 'period.from': 'day' } as const satisfies FormFields;
    expect(readForm(fields, { 'period.from': '' }).body).toEqual({ period: {} });
    expect(readForm(fields, { 'period.from': '31/01/2010' }).body).toEqual({ period: { from: '2010-01-31' } });
    expect(readForm(fields, { period: 'x' }).problems).toEqual([{ name: 'period', code: 'FIELD_UNKNOWN' }]);
  });

  it('knows no field that every object has', () => {
    expect(kindOf({}, 'toString')).toBeUndefined();
    expect(asTyped({ password: ' secret ' }, 'password')).toBe(' secret ');
  });
});

describe('A form that was refused', () => {
  const typed = { amountCents: '1.234', paidOn: '31/01/2010', 'splitKey.3.weight': '0' };
  const problem = {
    type: '/api#REQUEST_INVALID',
    title: 'Requête incorrecte',
    status: 400,
    detail: 'Un ou plusieurs champs sont incorrects.',
    instance: 'urn:uuid:0',
    code: 'REQUEST_INVALID',
  };

  it('says beside the field what a person would type, not what the API reads', () => {
    const form = refusedForm('fr', typed, readForm(FIELDS, typed));
    expect(form.wrong.get('amountCents')).toContain('1 234,56');
    expect(form.refusal).toMatchObject({ status: 400, title: 'Des champs sont à corriger' });
    expect(form.typed).toBe(typed);
  });

  it('leads each pointer of the API back to the field that was typed, or was left empty', () => {
    const errors = [
      { pointer: '/splitKey/0/weight', code: 'INTEGER_INVALID', detail: 'entier' },
      { pointer: '/beneficiary/siret', code: 'FIELD_REQUIRED', detail: 'obligatoire' },
      { pointer: '/paidOn', code: 'DAY_INVALID', detail: 'AAAA-MM-JJ' },
    ];
    const form = refusedForm('fr', typed, readForm(FIELDS, typed), { ...problem, errors });
    expect(Object.fromEntries(form.wrong)).toMatchObject({
      'splitKey.3.weight': 'entier',
      'beneficiary.siret': 'obligatoire',
      paidOn: expect.stringContaining('31/01/2010') as string,
    });
  });

  it('says a rule’s no in the rule’s words', () => {
    const no = { ...problem, status: 409, code: 'PAYMENT_EXCEEDS_GRANT', title: 'Trop', detail: 'Il reste 5,00 €.' };
    expect(refusedForm('fr', typed, readForm(FIELDS, {}), no).refusal).toEqual({
      status: 409,
      code: 'PAYMENT_EXCEEDS_GRANT',
      title: 'Trop',
      detail: 'Il reste 5,00 €.',
    });
    expect(freshForm().refusal).toBeUndefined();
  });
});
