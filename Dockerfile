# The server in an image of its own: built with every tool, run with none of them.
FROM node:24-slim AS build
# better-sqlite3 brings a compiled binary for most machines; where it does not, it is compiled here
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
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=2760 LEDGER_DATA_DIR=/data
WORKDIR /ledger
COPY --from=build /ledger/package.json ./
COPY --from=build /ledger/node_modules node_modules
COPY --from=build /ledger/dist dist
COPY LICENSE ./
# a named volume takes over this folder's owner when it is first used
RUN mkdir /data && chown node:node /data && chmod 700 /data
VOLUME /data
USER node
EXPOSE 2760
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=32", "dist/src/main.js"]
