// An identity provider on a port of this machine, in a process of its own: `oidc-provider` does not load as CommonJS, as
// the tests do. Its parent says who is before the browser, and when it signs with another key.

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [clientId, clientSecret, publicUrl] = process.argv.slice(2);
let person = { sub: 'nobody' };
let provider;
/** Whether it offers another key than the one it signs with, under the same name. */
let offersAnother = false;

const server = createServer((request, response) => provider.callback()(request, response));
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  provider = made(issuer);
  process.on('message', (message) => {
    if (message.person) person = message.person;
    if ('offersAnother' in message) offersAnother = message.offersAnother;
    if (message.changeKey) provider = made(issuer);
    process.send({ done: true });
  });
  process.send({ issuer });
});
process.on('disconnect', () => process.exit(0));

function made(issuer) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { publicKey: another } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  const built = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/sign-in/oidc/callback`],
        post_logout_redirect_uris: [`${publicUrl}/sign-in`],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig' }] },
    cookies: { keys: ['test'] },
    claims: { openid: ['sub', 'roles', 'funder', 'name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/who/${uid}` },
    findAccount: (_, accountId) => ({ accountId, claims: async () => ({ ...person, sub: accountId }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  built.use(async (context, next) => {
    if (context.path === '/jwks' && offersAnother) {
      context.body = { keys: [{ ...another.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] };
      return;
    }
    if (!context.path.startsWith('/who/')) return next();
    context.respond = false;
    return built.interactionFinished(context.req, context.res, { login: { accountId: person.sub } });
  });
  return built;
}
