/** POST, GET /tokens and DELETE /tokens/:tokenId — issues a token, lists them, ends one. */

import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import { Refusals } from '#libs/nest/doors';
import { EnumField, IdField, IntegerField } from '#libs/nest/fields';
import { TransportError } from '#libs/nest/problem';
import { reject as rejectFunder } from '../funders/funder.rejections.js';
import { Ledger } from '../ledger.js';
import { ADMINS, Allowed, roles, type Role } from './roles.js';
import { Tokens } from './tokens.js';

export class IssueTokenBody {
  @EnumField(roles) role!: Role;
  @IdField({ description: 'The funder its holder works for' }) funderId!: string;
  @IdField({ description: 'Pseudonym of its holder, the same from one token to the next; never a person’s name' })
  name!: string;
  @IntegerField(1, 3_650, { optional: true, description: 'Days until it ends, 365 when absent' }) days?: number;
}

export class TokenAnswer {
  @ApiProperty() tokenId!: string;
  @ApiProperty({ enum: roles }) role!: Role;
  @ApiProperty() funderId!: string;
  @ApiProperty() name!: string;
  @ApiProperty() issuedAt!: string;
  @ApiProperty() expiresAt!: string;
  @ApiProperty({ type: 'string', nullable: true }) revokedAt!: string | null;
}

export class IssuedTokenAnswer extends TokenAnswer {
  @ApiProperty({ description: 'Shown once; only its hash is kept' }) token!: string;
}

export class TokensAnswer {
  @ApiProperty({ type: [TokenAnswer] }) data!: TokenAnswer[];
}

@Controller('tokens')
export class ManageTokensDoor {
  constructor(
    private readonly tokens: Tokens,
    private readonly ledger: Ledger,
  ) {}

  @Post()
  @Allowed(...ADMINS)
  @ApiOperation({ summary: 'Issue a token' })
  @ApiBearerAuth()
  @ApiResponse({ status: 201, type: IssuedTokenAnswer })
  @Refusals()
  issue(@Body() { role, funderId, name, days = 365 }: IssueTokenBody): IssuedTokenAnswer {
    if (!this.ledger.isFunder(funderId)) throw rejectFunder('FUNDER_UNKNOWN', { funderId });
    const { token, issued } = this.tokens.issue(role, funderId, name, days);
    return { ...issued, token };
  }

  @Get()
  @Allowed(...ADMINS)
  @ApiOperation({ summary: 'The tokens, without their secrets' })
  @ApiBearerAuth()
  @ApiResponse({ status: 200, type: TokensAnswer })
  @Refusals()
  list(): TokensAnswer {
    return { data: [...this.tokens.list()] };
  }

  @Delete(':tokenId')
  @HttpCode(200)
  @Allowed(...ADMINS)
  @ApiOperation({ summary: 'End a token at once' })
  @ApiBearerAuth()
  @ApiResponse({ status: 200, type: TokenAnswer })
  @Refusals()
  revoke(@Param('tokenId') tokenId: string): TokenAnswer {
    const revoked = this.tokens.revoke(tokenId);
    if (revoked === undefined) throw new TransportError('NOT_FOUND');
    return revoked;
  }
}
