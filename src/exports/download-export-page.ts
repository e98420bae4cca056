/** GET /exports/… — the API's exports for who is signed in: a browser has a cookie only, and no cookie opens the API. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import type { Download } from '../console/download.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';

const DAYS = ['asOf', 'from', 'to', 'on', 'since'];

@ApiExcludeController()
@Controller('exports')
export class DownloadExportPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get(':what')
  @Allowed(...READERS)
  all(@Param('what', IdParam) what: string, @Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Download> {
    return this.api.download(reader, { method: 'GET', path: `/exports/${what}`, query: askedOf(asked, DAYS) }, what);
  }

  @Get(':what/:of')
  @Allowed(...READERS)
  one(
    @Param('what', IdParam) what: string,
    @Param('of', IdParam) of: string,
    @Query() asked: PageQuery,
    @ReadBy() reader: Reader,
  ): Promise<Download> {
    return this.api.download(
      reader,
      { method: 'GET', path: `/exports/${what}/${of}`, query: askedOf(asked, DAYS) },
      of,
    );
  }
}
