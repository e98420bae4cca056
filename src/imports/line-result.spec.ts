/** Where a rule's no is shown in a slip. */

import { Rejection } from '#libs/decider/rejection';
import { accessRejections } from '../access/access.rejections.js';
import { grantRejections } from '../grants/grant.rejections.js';
import { columnOfRule, rejectedByRule } from './line-result.js';

describe('A line that a rule rejects', () => {
  it.each(Object.keys(columnOfRule))(
    'is marked at the cell of %s, which a grant or its funder may be refused for',
    (code) => {
      expect({ ...grantRejections, ...accessRejections }).toHaveProperty(code);
    },
  );

  it('gives the rule’s code and text', () => {
    const rejection = new Rejection('EXERCICE_CLOSED', grantRejections.EXERCICE_CLOSED, { exercice: 2010 });
    expect(rejectedByRule(rejection, 'en')).toEqual({
      result: 'rejected',
      errors: [
        {
          column: 'exercice',
          code: 'EXERCICE_CLOSED',
          detail: 'Exercice 2010 is closed: nothing more can be recorded in it.',
        },
      ],
    });
  });
});
