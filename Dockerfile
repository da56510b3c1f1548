# Builds the application and, for `docker compose up`, the AWS emulators. Reasons for the design:
# docs/adr/0019-ship-one-image-that-waits-for-its-dependencies.md

# Runtime packages for the target architecture. The build platform installs them, because under emulation npm is slow and
# Node crashes. Without TARGETARCH, they are for the architecture of the build machine.
FROM --platform=$BUILDPLATFORM node:24-slim AS packages
ARG TARGETARCH
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Delete files that are not used at run time: type declarations, source maps, Markdown, the bundles of echarts for browsers,
# and the TypeScript compiler, which only the compiler plugin of @nestjs/swagger needs.
RUN case "$TARGETARCH" in amd64) cpu=x64 ;; *) cpu=${TARGETARCH:-$(node -p process.arch)} ;; esac \
 && npm ci --omit=dev --ignore-scripts --os=linux --libc=glibc --cpu="$cpu" \
 && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -name '*.md' \) \
      ! -iname 'license*' -delete \
 && rm -rf node_modules/typescript node_modules/@types node_modules/echarts/dist node_modules/.package-lock.json

# The compiled JavaScript does not depend on the architecture, so compile without emulation.
FROM --platform=$BUILDPLATFORM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY src src
# The types of the API, for the browser apps.
COPY infra/client infra/client
RUN npm run build && rm dist/.tsbuildinfo

# Base of both images. tini forwards signals to Node, so `docker run` needs no --init.
FROM node:24-slim AS base
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
WORKDIR /app
# -s: reap processes even if tini is not PID 1. ECS runs its own init.
ENTRYPOINT ["tini", "-s", "--"]

# Emulators of SQS, SNS, SES and SMS. Not for production.
FROM base AS parts
COPY package.json package-lock.json .npmrc ./
COPY infra/image/prune-package-json.mjs infra/image/
RUN node infra/image/prune-package-json.mjs fauxqs aws-ses-v2-local && npm install --ignore-scripts
COPY infra/local infra/local
# Accept connections from other containers.
ENV LOCAL_HOST=0.0.0.0
RUN mkdir /data && chown node /data
USER node

FROM base
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="Milkround" \
      org.opencontainers.image.description="The open-source backend for doorstep milk delivery" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.created="$CREATED"
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/compiled
COPY package.json ./
COPY infra/image/health-check.mjs infra/image/
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
# Fill Node's compile cache by starting the application once, as the user that will run it. Stripe and AUTH_ISSUER are
# configured, so that the cache includes the modules that only they load. The start fails at once, because no dependency
# answers. Images for another architecture have no compile cache.
RUN mkdir compiled && chown node compiled
USER node
ARG BUILDARCH
ARG TARGETARCH
RUN test "$BUILDARCH" != "$TARGETARCH" || NODE_ENV=development START_WAIT_SECONDS=0 AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none \
    DYNAMODB_ENDPOINT=http://127.0.0.1:9 SQS_ENDPOINT=http://127.0.0.1:9 SNS_ENDPOINT=http://127.0.0.1:9 \
    PAYMENT_GATEWAY=stripe STRIPE_SECRET_KEY=sk_none STRIPE_WEBHOOK_SECRET=whsec_none \
    AUTH_ISSUER=http://127.0.0.1:9 AUTH_AUDIENCE=none \
    node dist/main.js || test -n "$(ls compiled)"
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=90s --retries=3 CMD ["node", "infra/image/health-check.mjs"]
CMD ["node", "dist/main.js"]
