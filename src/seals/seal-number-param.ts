/** The number of a seal in a route: refused at the door when it cannot be one. */

import { Injectable, type PipeTransform } from '@nestjs/common';
import { invalid } from '#libs/nest/problem';

@Injectable()
export class SealNumberParam implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw invalid('/number', 'INTEGER_INVALID');
    return Number(value);
  }
}
