/** An id in a route: refused at the door when it cannot be one. */

import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { isSlug } from '#libs/identifiers/slug';
import { invalid } from './problem.js';

@Injectable()
export class IdParam implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    if (!isSlug(value)) throw invalid(`/${data ?? 'id'}`, 'ID_INVALID');
    return value;
  }
}
