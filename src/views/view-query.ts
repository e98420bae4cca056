/** The query parameters of whatever may be looked back at. */

import { DayField, InstantField, QueryNumberField } from '#libs/nest/fields';
import { AtLeastQuery, PageQuery } from '#libs/nest/page';

const AS_OF = 'By business date: what is dated this day or earlier';
const KNOWN_AT = 'What had been recorded by this instant';
const AT_POSITION = 'What stands in the log up to here';

export class ViewQuery extends AtLeastQuery {
  @DayField({ optional: true, description: AS_OF }) asOf?: string;
  @InstantField({ optional: true, description: KNOWN_AT }) knownAt?: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, { optional: true, description: AT_POSITION }) atPosition?: string;
}

export class ViewPageQuery extends PageQuery {
  @DayField({ optional: true, description: AS_OF }) asOf?: string;
  @InstantField({ optional: true, description: KNOWN_AT }) knownAt?: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, { optional: true, description: AT_POSITION }) atPosition?: string;
}
