# The image holds the source, its runtime packages and Node; there is no build step.
FROM node:26.10.0-slim AS packages

WORKDIR /onsale
COPY package.json package-lock.json .npmrc ./
# Omits development tools, and the embedded Postgres and Node (optional packages, install scripts).
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:26.10.0-slim

ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000 \
    DATA_DIRECTORY=/var/lib/onsale

RUN install --directory --owner=node --group=node /var/lib/onsale

WORKDIR /onsale
COPY --from=packages /onsale/node_modules ./node_modules
COPY package.json ./
COPY data ./data
COPY drizzle ./drizzle
COPY schema ./schema
COPY src ./src

USER node
VOLUME /var/lib/onsale
EXPOSE 4000

HEALTHCHECK --interval=5s --timeout=3s --retries=6 \
    CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# Runs both roles; add `--role api` or `--role worker` for one of them.
CMD ["node", "src/bin/onsale.ts"]
