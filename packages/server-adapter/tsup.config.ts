import { libraryConfig } from '@brandkit/tooling/tsup'

export default libraryConfig({
  entry: [
    'src/index.ts',
    'src/memory.ts',
    'src/postgres.ts',
    'src/pg-boss.ts',
    'src/bullmq.ts',
    'src/qstash.ts',
    'src/node.ts',
    'src/express.ts',
    'src/fastify.ts',
    'src/hono.ts',
    'src/next.ts',
    'src/websocket.ts',
    'src/testing.ts',
    'src/testing/qstash/local-qstash.ts',
    'src/testing/dev-auth.ts',
    'src/testing/fake-server.ts',
  ],
})
