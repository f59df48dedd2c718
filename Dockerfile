# Earshot in one image, for amd64 and arm64. `docker build -t earshot .`; how to run it: docs/containers.md.
ARG NODE=24

FROM node:${NODE}-bookworm AS build
WORKDIR /src
# ONNX Runtime's install script would fetch CUDA, 300 MB.
ENV ONNXRUNTIME_NODE_INSTALL=skip
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund --loglevel=error
COPY . .
RUN node scripts/build.mjs
RUN npm prune --omit=dev --no-audit --no-fund --loglevel=error
# The package has the libraries of every platform: 290 MB, of which one is needed.
RUN cd node_modules/onnxruntime-node/bin && here=$(node -p process.arch) \
    && find . -mindepth 2 -maxdepth 2 -type d ! -name linux -exec rm -r {} + \
    && find . -mindepth 3 -maxdepth 3 -type d ! -name "$here" -exec rm -r {} +

FROM node:${NODE}-bookworm-slim
# ffmpeg reads the media, util-linux (prlimit) keeps it within limits, tini ends every child. yt-dlp's own build is
# fetched into the volume, verified, and renewed daily; Node solves YouTube's riddles for it. The fonts are for subtitles
# in videos.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates ffmpeg fonts-noto-cjk fonts-noto-core tini util-linux \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/* \
    && install --directory --owner=node --group=node --mode=0700 /data
WORKDIR /opt/earshot
COPY --from=build /src/package.json /src/LICENSE ./
COPY --from=build /src/bin bin
COPY --from=build /src/docs docs
COPY --from=build /src/samples samples
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/dist dist
RUN ln -s /opt/earshot/bin/earshot.js /usr/local/bin/earshot
ENV NODE_ENV=production EARSHOT_DATA_DIR=/data HOME=/data HOST=0.0.0.0 PORT=8080
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# A worker answers no requests: for it `healthcheck: {disable: true}`, as in compose.scaled.yaml.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --start-interval=2s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "earshot"]
CMD ["serve"]
