/** The shape of every error, for the OpenAPI document. */

import { ApiProperty, ApiSchema } from '@nestjs/swagger';

@ApiSchema({ name: 'FieldProblem' })
export class FieldProblemAnswer {
  @ApiProperty({ required: false, description: 'JSON pointer into the body, or the query parameter' }) pointer?: string;
  @ApiProperty({ required: false, type: 'integer', description: 'Line of a slip, from 1' }) line?: number;
  @ApiProperty({ required: false, description: 'Column of a slip' }) column?: string;
  @ApiProperty() code!: string;
  @ApiProperty({ required: false }) detail?: string;
}

@ApiSchema({ name: 'Problem' })
export class ProblemAnswer {
  @ApiProperty() type!: string;
  @ApiProperty({ description: 'In the reader’s language (Accept-Language)' }) title!: string;
  @ApiProperty({ type: 'integer' }) status!: number;
  @ApiProperty() detail!: string;
  @ApiProperty({ description: 'Reference of this very answer, also in the server’s log' }) instance!: string;
  @ApiProperty({ description: 'Stable; see docs/rejections.md' }) code!: string;
  @ApiProperty({ required: false, type: [FieldProblemAnswer] }) errors?: FieldProblemAnswer[];
}
