/** GET /preferences?language=|theme=&back= — keeps how a visitor wants to read, and goes back to the page. */

import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EnumField, TextField } from '#libs/nest/fields';
import { setCookie } from '../access/cookies.js';
import { localPath } from '../access/local-path.js';
import { Public } from '../access/roles.js';
import { SeeOther } from './page.js';
import { themes } from './visitor.js';

export class PreferencesQuery {
  @EnumField(['fr', 'en'], { optional: true }) language?: string;
  @EnumField(themes, { optional: true }) theme?: string;
  @TextField({ optional: true, max: 2_000 }) back?: string;
}

@ApiExcludeController()
@Controller('preferences')
export class SetPreferencesDoor {
  @Get()
  @Public()
  set(
    @Query() { language, theme, back }: PreferencesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): SeeOther {
    if (language !== undefined) setCookie(request, reply, 'language', language);
    if (theme !== undefined) setCookie(request, reply, 'theme', theme);
    return new SeeOther(localPath(back));
  }
}
