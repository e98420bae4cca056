/** The files of a data folder: the log, the tokens and the key are to be kept; read models and the seals' tree are made again at will. */
export const files = {
  log: 'ledger.db',
  readModels: 'read-models.db',
  access: 'access.db',
  sealKey: 'seal-key.pem',
  sealTree: 'seal-tree.db',
} as const;
