/** A payment as an audit answers it: what it was, and where it is explained and followed. */

import { ApiProperty } from '@nestjs/swagger';

export class PaymentLinksAnswer {
  @ApiProperty() paymentId!: string;
  @ApiProperty({ description: 'Its shares, to the cent' }) why!: string;
  @ApiProperty({ description: 'The grant it was paid of' }) grant!: string;
  @ApiProperty({ description: 'Every event of the grant' }) trail!: string;
}

export class AuditedPaymentAnswer extends PaymentLinksAnswer {
  @ApiProperty() grantId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() paidOn!: string;
  @ApiProperty() paidBy!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ description: 'Its place in the log' }) recordedAtPosition!: string;
}
