# The demo for compose.yaml: one image, of which the web process and the workers are started.
FROM node:26-slim
WORKDIR /app
COPY --chown=node:node . .
RUN chown node:node /app
USER node
RUN npx -y pnpm@12.21.0 install --frozen-lockfile && npx -y pnpm@12.21.0 run build --filter=demo
EXPOSE 3000
CMD ["node", "apps/demo/server/main.ts"]
