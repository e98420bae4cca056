/** GET /assets/:version/:name — a file that pages are made with, kept by browsers for ever under its content's name. */

import { Controller, Get, Header, Headers, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { TransportError } from '#libs/nest/problem';
import { Public } from '../access/roles.js';
import { assetAt } from './assets.js';

@ApiExcludeController()
@Controller('assets')
export class ServeAssetsDoor {
  @Get(':version/:name')
  @Public()
  @Header('Cache-Control', 'public, max-age=31536000, immutable')
  @Header('Vary', 'Accept-Encoding')
  serve(
    @Param('version') version: string,
    @Param('name') name: string,
    @Headers('accept-encoding') accepted: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): StreamableFile {
    const asset = assetAt(version, name);
    if (asset === undefined) throw new TransportError('NOT_FOUND');
    const encoding = (['br', 'gzip'] as const).find((each) => asset[each] && accepted?.includes(each));
    if (encoding !== undefined) void reply.header('Content-Encoding', encoding);
    void reply.header('ETag', `"${version}"`);
    return new StreamableFile(encoding === undefined ? asset.plain : asset[encoding]!, { type: asset.type });
  }
}
