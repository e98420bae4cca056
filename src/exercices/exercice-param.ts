/** An exercice in a route: refused at the door when it is no year. */

import { Injectable, type PipeTransform } from '@nestjs/common';
import { invalid } from '#libs/nest/problem';

@Injectable()
export class ExerciceParam implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!/^(19|20|21)\d{2}$/.test(value)) throw invalid('/exercice', 'INTEGER_INVALID');
    return Number(value);
  }
}
