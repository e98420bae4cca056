# The server in an image of its own: built with every tool, run with none of them.
# An exact version, not a moving tag. A release that must be the same to the bit names the digest too:
#   docker build --build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:… --build-arg SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) .
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
# better-sqlite3, the one native package, brings a compiled binary for most machines; where it does not, it is compiled here
RUN apt-get update \
  && apt-get install --yes --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /ledger
COPY package.json package-lock.json .npmrc ./
# no package of ours reports its installation to anybody
ENV SCARF_ANALYTICS=false
RUN npm ci --no-progress
COPY tsconfig.json tsconfig.build.json ./
COPY libs libs
COPY src src
COPY tools/prepare-eventstore.mjs tools/
COPY LICENSE ./
# files carry one time, whenever they were built
ARG SOURCE_DATE_EPOCH=0
RUN npm run build \
  && npm prune --omit=dev \
  && find . -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH}" {} +

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="ledger-276" \
  org.opencontainers.image.description="Event-sourced ledger of the payments that three French local authorities finance together" \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.licenses="EUPL-1.2"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=2760 LEDGER_DATA_DIR=/data
WORKDIR /ledger
COPY --from=build /ledger/package.json /ledger/LICENSE ./
COPY --from=build /ledger/node_modules node_modules
COPY --from=build /ledger/dist dist
COPY --from=build /ledger/tools tools
# a named volume takes over this folder's owner when it is first used
RUN mkdir /data && chown node:node /data && chmod 700 /data
VOLUME /data
USER node
EXPOSE 2760
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=32", "dist/src/main.js"]
