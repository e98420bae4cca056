/** GET /exports/… — the API's exports for who is signed in: a browser has a cookie only, and no cookie opens the API. */

import { Controller, Get, Header, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';

const DAYS = ['asOf', 'from', 'to', 'on', 'since'];

@ApiExcludeController()
@Controller('exports')
export class DownloadExportPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get(':what')
  @Allowed(...READERS)
  @Header('Cache-Control', 'private, no-store')
  all(
    @Param('what', IdParam) what: string,
    @Query() asked: PageQuery,
    @ReadBy() reader: Reader,
  ): Promise<StreamableFile> {
    return this.api.download(reader, `/exports/${what}`, askedOf(asked, DAYS));
  }

  @Get(':what/:of')
  @Allowed(...READERS)
  @Header('Cache-Control', 'private, no-store')
  one(
    @Param('what', IdParam) what: string,
    @Param('of', IdParam) of: string,
    @Query() asked: PageQuery,
    @ReadBy() reader: Reader,
  ): Promise<StreamableFile> {
    return this.api.download(reader, `/exports/${what}/${of}`, askedOf(asked, DAYS));
  }
}
