/** GET /store — where the log lies and stands, how far the read models are, what they take of the disk. */

import { Controller, Get } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Reads } from '#libs/nest/doors';
import { ADMINS, Allowed } from '../access/roles.js';
import { files } from '../folder-files.js';
import { Ledger } from '../ledger.js';
import { headOf } from './store-head.js';

export class StoreFileAnswer {
  @ApiProperty({ description: 'In the data folder' }) name!: string;
  @ApiProperty({ type: 'integer', description: 'With what waits beside it to be written into it' }) bytes!: number;
}

export class StoreAnswer {
  @ApiProperty({ enum: ['embedded', 'eventstoredb'] }) kind!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'Of the last event; null: the log does not answer' })
  head!: string | null;
  @ApiProperty({ description: 'Position that the read models stand on' }) readModels!: string;
  @ApiProperty({ description: 'Whether the read models cannot go on' }) faulted!: boolean;
  @ApiProperty({ type: [StoreFileAnswer] }) files!: StoreFileAnswer[];
  @ApiProperty({ type: 'integer', description: 'Bytes left on the disk of the data folder' }) freeBytes!: number;
  @ApiProperty({ description: 'Of Node.js' }) node!: string;
  @ApiProperty({ description: 'Of SQLite' }) sqlite!: string;
}

@Controller('store')
export class ShowStoreDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...ADMINS)
  @Reads('The store and the read models', StoreAnswer)
  async show(): Promise<StoreAnswer> {
    const { store, projector, rows } = this.ledger;
    const dataDir = dirname(rows.file);
    const head = await headOf(store);
    const { bavail, bsize } = statfsSync(dataDir);
    return {
      kind: store.counts === undefined ? 'embedded' : 'eventstoredb',
      head: head === undefined ? null : String(head),
      readModels: String(projector.checkpoint),
      faulted: projector.faulted,
      files: Object.values(files)
        .map((name) => ({ name, bytes: bytesOf(join(dataDir, name)) }))
        .filter(({ bytes }) => bytes > 0),
      freeBytes: bavail * bsize,
      node: process.version,
      sqlite: rows.get<{ version: string }>('SELECT sqlite_version() AS version')!.version,
    };
  }
}

/** A file of SQLite with its write-ahead log; 0 for one that is not there. */
function bytesOf(file: string): number {
  return [file, `${file}-wal`].reduce((sum, name) => sum + (statSync(name, { throwIfNoEntry: false })?.size ?? 0), 0);
}
