/** POST, GET /accounts, POST /accounts/:name/{password,disabling,enabling} — the people who may sign in. */

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import { Refusals } from '#libs/nest/doors';
import { EnumField, IdField, TextField } from '#libs/nest/fields';
import { Ledger } from '../ledger.js';
import { reject as rejectFunder } from '../funders/funder.rejections.js';
import { reject } from './access.rejections.js';
import { Accounts } from './accounts.js';
import { AskedBy, type Asked } from './asked.js';
import { PASSWORD_AT_MOST } from './passwords.js';
import { ADMINS, Allowed, roles, type Role } from './roles.js';

export class CreateAccountBody {
  @IdField({ description: 'Pseudonym, `poste-1`; never a person’s name' }) name!: string;
  @EnumField(roles) role!: Role;
  @IdField({ description: 'The funder its holder works for' }) funderId!: string;
  @TextField({ max: PASSWORD_AT_MOST, description: '12 characters at least' }) password!: string;
}

export class SetPasswordBody {
  @TextField({ max: PASSWORD_AT_MOST, description: '12 characters at least' }) password!: string;
}

export class AccountAnswer {
  @ApiProperty() name!: string;
  @ApiProperty({ enum: roles }) role!: Role;
  @ApiProperty() funderId!: string;
  @ApiProperty() createdAt!: string;
  @ApiProperty({ type: 'string', nullable: true }) disabledAt!: string | null;
}

export class AccountsAnswer {
  @ApiProperty({ type: [AccountAnswer] }) data!: AccountAnswer[];
}

@Controller('accounts')
export class ManageAccountsDoor {
  constructor(
    private readonly accounts: Accounts,
    private readonly ledger: Ledger,
  ) {}

  @Post()
  @Allowed(...ADMINS)
  @ApiOperation({ summary: 'Create an account' })
  @ApiBearerAuth()
  @ApiResponse({ status: 201, type: AccountAnswer })
  @Refusals()
  async create(@Body() { name, role, funderId, password }: CreateAccountBody): Promise<AccountAnswer> {
    if (!this.ledger.isFunder(funderId)) throw rejectFunder('FUNDER_UNKNOWN', { funderId });
    return this.accounts.create(name, role, funderId, password);
  }

  @Get()
  @Allowed(...ADMINS)
  @ApiOperation({ summary: 'The accounts, without their passwords' })
  @ApiBearerAuth()
  @ApiResponse({ status: 200, type: AccountsAnswer })
  @Refusals()
  list(): AccountsAnswer {
    return { data: [...this.accounts.list()] };
  }

  @Post(':name/password')
  @HttpCode(200)
  @Allowed(...ADMINS)
  @ApiOperation({ summary: 'Give an account another password; whoever is signed in to it is signed out' })
  @ApiBearerAuth()
  @ApiResponse({ status: 200, type: AccountAnswer })
  @Refusals()
  async setPassword(@Param('name') name: string, @Body() { password }: SetPasswordBody): Promise<AccountAnswer> {
    return this.accounts.setPassword(name, password);
  }

  @Post(':name/disabling')
  @HttpCode(200)
  @Allowed(...ADMINS)
  @ApiOperation({ summary: 'Disable an account; whoever is signed in to it is signed out' })
  @ApiBearerAuth()
  @ApiResponse({ status: 200, type: AccountAnswer })
  @Refusals()
  disable(@Param('name') name: string, @AskedBy() { actor }: Asked): AccountAnswer {
    // `Poste-1` and `poste-1` are one account
    if (actor.toLowerCase().endsWith(`/${name.toLowerCase()}`)) throw reject('ACCOUNT_IS_YOURS', { name });
    return this.accounts.disable(name);
  }

  @Post(':name/enabling')
  @HttpCode(200)
  @Allowed(...ADMINS)
  @ApiOperation({ summary: 'Let an account be used again; it is no longer locked either' })
  @ApiBearerAuth()
  @ApiResponse({ status: 200, type: AccountAnswer })
  @Refusals()
  enable(@Param('name') name: string): AccountAnswer {
    return this.accounts.enable(name);
  }
}
