/** How often one address may try to sign in: enough for an office behind one router, too little to guess. */

export const SIGN_IN_RATE = { rateLimit: { max: 30, timeWindow: 60_000 } };
