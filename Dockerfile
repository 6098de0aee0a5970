# The simulator as an image: docker build -t tupu-sim .
# The base is any Linux that has Node 22.14 or later and npm: --build-arg BASE=registry.example.com/node:24
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# What only other systems and compilers need stays behind.
RUN node -e "import('./scripts/build.ts').then(({ build }) => build({ types: false }))" \
  && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src \
  && find node_modules/better-sqlite3/prebuilds -type f ! -name "linux*-$(node -p process.arch).node" -delete \
  && mkdir /data

# The sample platform of compose.yaml, which sends and falls back.
FROM ${BASE} AS platform
WORKDIR /platform
COPY scripts/platform.ts scripts/
COPY test/sample-platform.ts test/
USER 1000:1000
ENTRYPOINT ["node", "scripts/platform.ts"]

FROM ${BASE}
COPY --from=build /build/package.json /app/
COPY --from=build /build/node_modules /app/node_modules
COPY --from=build /build/dist /app/dist
COPY --from=build --chown=1000:1000 /data /data
# It reads tupu-sim.config.yaml here, where one is mounted, and writes below /data alone.
WORKDIR /config
ENV NODE_ENV=production TUPU_SIM_HOST=0.0.0.0 TUPU_SIM_DATA=/data/sim.db
USER 1000:1000
VOLUME /data
EXPOSE 8878
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s CMD ["node", "/app/dist/main.js", "ready"]
ENTRYPOINT ["node", "/app/dist/main.js"]
