/** Sign-in by an identity provider (OpenID Connect, code flow with PKCE): where to send a browser, and whom it brings back. */

import { createHash } from 'node:crypto';
import type { Configuration, ServerMetadata } from 'openid-client';
import { TransportError } from '#libs/nest/problem';
import { reject } from './access.rejections.js';
import { pseudonymOf, type Claims } from './claims.js';
import type { OidcSettings } from './oidc-settings.js';

/** A visit that was sent to the provider and is not back yet. */
interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly next: string;
  readonly until: number;
}

/** Whom the provider has recognised. */
export interface Recognised {
  readonly name: string;
  readonly claims: Claims;
  /** Where they were going. */
  readonly next: string;
}

const PENDING_MS = 600_000;
/** Visits under way at most: beyond it the oldest begin again. */
const PENDING_AT_MOST = 10_000;
/** How long the provider's description of itself is taken as it is. */
const KNOWN_MS = 600_000;
const TIMEOUT_S = 10;

const CALLBACK = '/sign-in/oidc/callback';

export class IdentityProvider {
  private readonly pending = new Map<string, Pending>();
  private readonly idTokens = new Map<string, string>();
  private known: { readonly metadata: ServerMetadata; readonly until: number } | undefined;

  /** @param onTrouble told in one line why somebody was not recognised, or the provider not reached; never a token */
  constructor(
    readonly settings: OidcSettings,
    private readonly onTrouble: (what: string) => void,
    private readonly clock: () => number = Date.now,
  ) {}

  /**
   * Where a visit is sent on to.
   * @param visit the secret of the visit's cookie, by which it is known again
   * @throws TransportError IDENTITY_UNAVAILABLE
   */
  async addressFor(visit: string, next: string): Promise<string> {
    const config = await this.configuration();
    const client = await library();
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
    this.forgetLate();
    this.pending.set(keyOf(visit), { state, nonce, verifier, next, until: this.clock() + PENDING_MS });
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: this.own(CALLBACK),
      scope: this.settings.scope,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return address.href;
  }

  /**
   * Whom the provider's answer recognises; each answer counts once, for the visit that asked.
   * @param answered the path and query that the browser came back with
   * @throws Rejection IDENTITY_REFUSED
   * @throws TransportError IDENTITY_UNAVAILABLE
   */
  async recognise(visit: string | undefined, answered: string): Promise<Recognised> {
    const key = visit === undefined ? '' : keyOf(visit);
    const asked = this.pending.get(key);
    this.pending.delete(key);
    if (asked === undefined || asked.until <= this.clock()) throw this.refused('nothing was asked, or too long ago');
    const config = await this.configuration();
    const client = await library();
    try {
      const tokens = await client.authorizationCodeGrant(config, new URL(this.own(answered)), {
        pkceCodeVerifier: asked.verifier,
        expectedState: asked.state,
        expectedNonce: asked.nonce,
        idTokenExpected: true,
      });
      const token = tokens.claims()!;
      const told = config.serverMetadata().userinfo_endpoint
        ? await client.fetchUserInfo(config, tokens.access_token, token.sub)
        : {};
      const name = pseudonymOf(token.iss, token.sub);
      this.idTokens.set(name, tokens.id_token!);
      return { name, claims: { ...told, ...token }, next: asked.next };
    } catch (error) {
      if (isUnreachable(error)) throw this.unavailable(error);
      throw this.refused(`${codeOf(error)} ${(error as Error).message}`);
    }
  }

  /** Where the session at the provider ends too; undefined when it offers no such place, or cannot be reached. */
  async signOutAddress(name: string): Promise<string | undefined> {
    const idToken = this.idTokens.get(name);
    this.idTokens.delete(name);
    try {
      const config = await this.configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      const client = await library();
      return client.buildEndSessionUrl(config, {
        post_logout_redirect_uri: this.own('/sign-in'),
        ...(idToken !== undefined && { id_token_hint: idToken }),
      }).href;
    } catch {
      return undefined;
    }
  }

  /** A configuration without remembered keys: one that the provider has just changed is known at once. */
  private async configuration(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const client = await library();
    const isPlain = issuer.protocol === 'http:';
    if (this.known === undefined || this.known.until <= this.clock()) {
      try {
        const found = await client.discovery(issuer, clientId, clientSecret, undefined, {
          timeout: TIMEOUT_S,
          execute: isPlain ? [client.allowInsecureRequests] : [],
        });
        this.known = { metadata: found.serverMetadata(), until: this.clock() + KNOWN_MS };
      } catch (error) {
        throw this.unavailable(error);
      }
    }
    const config = new client.Configuration(this.known.metadata, clientId, clientSecret);
    config.timeout = TIMEOUT_S;
    if (isPlain) client.allowInsecureRequests(config);
    // the signature of an id token is checked too, not only the connection that it came by
    client.enableNonRepudiationChecks(config);
    return config;
  }

  private own(path: string): string {
    return new URL(path, this.settings.publicUrl).href;
  }

  private forgetLate(): void {
    const now = this.clock();
    for (const [key, { until }] of this.pending)
      if (until <= now || this.pending.size >= PENDING_AT_MOST) this.pending.delete(key);
  }

  private refused(why: string): Error {
    this.onTrouble(`sign-in by the identity provider refused: ${why}`);
    return reject('IDENTITY_REFUSED');
  }

  private unavailable(error: unknown): Error {
    this.onTrouble(`the identity provider cannot be asked: ${codeOf(error)} ${(error as Error).message}`);
    return new TransportError('IDENTITY_UNAVAILABLE');
  }
}

/** Loaded only where it is used. */
async function library(): Promise<typeof import('openid-client')> {
  return import('openid-client');
}

function keyOf(visit: string): string {
  return createHash('sha256').update(visit).digest('hex');
}

function codeOf(error: unknown): string {
  const { code, error: answered } = error as { code?: unknown; error?: unknown };
  return [code, answered].filter((each) => typeof each === 'string').join(' ');
}

/** No answer, or none that a provider gives: not the visitor's fault. */
function isUnreachable(error: unknown): boolean {
  const { code, name, status } = error as { code?: unknown; name?: unknown; status?: unknown };
  return (
    code === 'OAUTH_TIMEOUT' ||
    name === 'TimeoutError' ||
    name === 'TypeError' ||
    (typeof status === 'number' && status >= 500)
  );
}
