/** The files of a data folder: the log and the tokens are to be kept, the read models are made again at will. */
export const files = { log: 'ledger.db', readModels: 'read-models.db', access: 'access.db' } as const;
