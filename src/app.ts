/** The HTTP application: Nest on Fastify with its limits, headers and OpenAPI document. Listens to nothing yet. */

import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { acceptCsv } from '#libs/nest/csv-body';
import { acceptJson } from '#libs/nest/json-body';
import { TransportError } from '#libs/nest/problem';
import { answerUnreadableAddress } from '#libs/nest/problem.filter';
import { ProblemAnswer } from '#libs/nest/problem-schema';
import { limitRequests } from './access/request-rate.js';
import { askWhoAsks } from './access/signed-request.js';
import { AppModule, type Parts } from './app.module.js';
import { acceptForms } from './console/form-body.js';
import { acceptFileForms } from './console/form-files.js';

/** A request that has not arrived whole by then is given up; a long slip has time enough. */
const REQUEST_TIMEOUT_MS = 600_000;

/** What a page may load: this server's own files, and nothing that is written into the page itself. */
const PAGE_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The form that signs out leads on to the identity provider, which ends its session too. */
function policyFor({ identity }: Parts): Record<string, string[]> {
  if (identity === undefined) return PAGE_POLICY;
  return { ...PAGE_POLICY, formAction: [...PAGE_POLICY.formAction, identity.settings.issuer.origin] };
}

/** The documentation of the API styles itself inline. */
const DOCUMENTATION_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

export async function createApp(parts: Parts, logger: LoggerService | false): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    forceCloseConnections: true,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerUnreadableAddress,
    // a reverse proxy on this machine says whom it speaks for
    trustProxy: 'loopback',
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, {
    bodyParser: false,
    logger,
    abortOnError: false,
  });
  const server = adapter.getInstance();
  await acceptFileForms(server, ['/imports']);
  acceptJson(server);
  acceptCsv(server, ['/api/v1/imports', '/api/v1/reconciliations', '/imports', '/reconciliations']);
  acceptForms(server);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policyFor(parts) },
    // with none at all browsers would not say which page a form comes from
    referrerPolicy: { policy: 'same-origin' },
  });
  // for the routes that ask for it, and for all of them together
  await app.register(rateLimit, { global: false, errorResponseBuilder: () => new TransportError('TOO_MANY_REQUESTS') });
  if (parts.requestsAMinute) limitRequests(server, parts.access, parts.requestsAMinute);
  askWhoAsks(server, parts.access, parts.metrics === 'for-readers' ? ['/metrics'] : []);
  server.addHook('onRequest', async ({ url }, reply) => {
    if (/^\/api(?!\/v1\/)/.test(url)) void reply.header('Content-Security-Policy', DOCUMENTATION_POLICY);
  });
  SwaggerModule.setup('api', app, () => openApiOf(app), { jsonDocumentUrl: 'api/openapi.json' });
  await app.init();
  await server.ready();
  return app;
}

/** The OpenAPI 3.1 document of the application. */
function openApiOf(app: NestFastifyApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Ledger 276')
    .setDescription('Payments of the shared schemes of the “276” contract, split across their funders.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, description, {
    extraModels: [ProblemAnswer],
    autoTagControllers: false,
  });
  // one group a capability, as the paths have it
  for (const [path, operations] of Object.entries(document.paths))
    for (const operation of Object.values(operations as Record<string, { tags?: string[] }>))
      operation.tags = [path.replace('/api/v1', '').split('/')[1]!];
  return document;
}
