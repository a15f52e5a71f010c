# The image is the source, the packages it runs on, and Node: there is no build step.
FROM node:26.10.0-slim AS packages

WORKDIR /onsale
COPY package.json package-lock.json .npmrc ./
# Left out: development tools, and the embedded Postgres and Node of a laptop (optional packages, install scripts).
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

# Both roles; `--role api` or `--role worker` runs one of the two.
CMD ["node", "src/bin/onsale.ts"]
