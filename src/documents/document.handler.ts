/** Takes every command on the register of documents. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InTurn } from '#libs/event-store/in-turn';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import { existing } from '../decisions/concerns.js';
import { Ledger } from '../ledger.js';
import { documentDecider, type DocumentCommand, type DocumentTerms } from './document.decider.js';
import type { DocumentEvent } from './document.events.js';

export class HandleDocument extends Command<Receipt<DocumentEvent>> {
  constructor(
    readonly command: DocumentCommand,
    readonly asking: Asking,
  ) {
    super();
  }
}

@CommandHandler(HandleDocument)
export class DocumentHandler implements ICommandHandler<HandleDocument> {
  private readonly turns = new InTurn();

  constructor(private readonly ledger: Ledger) {}

  /** One after another: a file's registration is in the read models before the next command looks for it there. */
  async execute(asked: HandleDocument): Promise<Receipt<DocumentEvent>> {
    return this.turns.run(() => this.register(asked));
  }

  private async register({ command, asking }: HandleDocument): Promise<Receipt<DocumentEvent>> {
    const { ledger } = this;
    const { documents, store, today } = ledger;
    // what other servers have registered counts too
    await ledger.upToDate(await store.head());
    const terms: DocumentTerms = {
      today,
      exists: await existing(ledger, command.type === 'RegisterDocument' ? command.concerns : []),
      registrationOf: (sha256) =>
        ledger.rows.get<{ document_id: string }>(
          'SELECT document_id FROM documents WHERE sha256 = ? AND withdrawn_for IS NULL',
          sha256,
        )?.document_id,
    };
    return perform(
      { store, aggregates: documents },
      command.documentId,
      ({ state }) => documentDecider.decide(command, state, terms),
      ({ type }) => type === (command.type === 'RegisterDocument' ? 'DocumentRegistered.v1' : 'DocumentWithdrawn.v1'),
      asking,
    );
  }
}
