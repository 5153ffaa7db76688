/** What runs a command of a page. */
type Proof =
  | {
      /** A test, or a workflow of CI, from the root of the repository. */
      by: string
      /** What stands there of the command or of its page, where neither does as it is. */
      through?: string
    }
  | {
      /** How a person has checked it, because no test can run it where this repository is tested. */
      byHand: string
    }

const by = (file: string, through?: string): Proof => (through === undefined ? { by: file } : { by: file, through })
const consumer = (name: string, through?: string) => by(`tooling/consumers/${name}.test.ts`, through)

const BENCH = by('benchmarks/read-arguments.test.ts')
const CI = by('.github/workflows/ci.yml')
const COMMAND_LINE = by('packages/server-adapter/proofs/command-line/command-line-page.postgres.test.ts')
/** What `npm run example` does once everything is built. */
const EXAMPLE = by('examples/test/examples.test.ts', "openInTest('express-bullmq')")
const FIRST_TASK = consumer('five-minutes')
const FRAMEWORKS = consumer('frameworks', 'readGuide(`frameworks/${page}`)')
const INSTALLS = consumer('installs')
const MCP = by('packages/server-adapter/src/integrations/mcp/mcp-page.test.ts')
const NEXT = consumer('next')
const NEXT_EXAMPLE = by('examples/test/full/next.test.ts', 'openInTest(name)')
const PAGES_RUN = by('apps/docs/test/pages-run.test.ts')
/** What `npm test` is for turbo: the same tasks of the same packages. */
const PART_OF_NPM_TEST = by('package.json', 'turbo run lint build typecheck test test:package')
const REACT_ROUTER = consumer('react-router')
const ROOT = by('tooling/commands/root-commands.test.ts')
const RUNTIMES = consumer('runtimes')
/** Opens each story of the same Storybook, built. */
const STORYBOOK = by('packages/react/package.json', 'pnpm run storybook:build && vitest run')
const TANSTACK = consumer('tanstack-start')
const TESTING = consumer('testing')

const IN_A_TERMINAL: Proof = {
  byHand: 'Typed as it stands. It is a tool of this repository on its own files, and `npm test` calls the same tool.',
}
const NO_CLUSTER: Proof = {
  byHand:
    'Not run: it needs a daemon, a cluster or an account. apps/docs/test/deploy-pages.test.ts compares the files and names in it with those of the pages.',
}
const SECRET: Proof = {
  byHand: 'Typed as it stands: the shell has a new UUID. The tests of these pages bring a secret of their own.',
}
const MODEL =
  'Started without the model: the demo says its address. apps/demo/server/model/language-model.test.ts speaks to a server that answers as one.'

/** Every command of every page, in the page's order, without the comment behind it. A new one needs a line here, and so something that runs it. */
export const PAGE_COMMANDS: Readonly<Record<string, Readonly<Record<string, Proof>>>> = {
  'AGENTS.md': {
    'npm start': ROOT,
    'npm test': CI,
    'export PATH="$PWD/node_modules/.bin:$PATH"': IN_A_TERMINAL,
    'pnpm install': by('.github/workflows/ci.yml', 'pnpm@12.21.0 install'),
    'pnpm run build': PART_OF_NPM_TEST,
    'pnpm --filter @brandkit/server-adapter exec vitest run steps': IN_A_TERMINAL,
    'pnpm --filter @brandkit/react exec vitest run --project react:node': IN_A_TERMINAL,
    'pnpm run typecheck': PART_OF_NPM_TEST,
    'oxlint --deny-warnings && oxfmt .': IN_A_TERMINAL,
    'pnpm --filter @brandkit/docs build': PART_OF_NPM_TEST,
  },
  'CONTRIBUTING.md': {
    'npm test': CI,
    'npm run test:full': CI,
    'npm start': ROOT,
    'pnpm --filter @brandkit/core test': PART_OF_NPM_TEST,
    'pnpm --filter @brandkit/core exec vitest': IN_A_TERMINAL,
    'pnpm run format && pnpm run lint': IN_A_TERMINAL,
  },
  'README.md': {
    'npm start': ROOT,
    'npm run storybook': ROOT,
  },
  'apps/demo/README.md': {
    'npm start': ROOT,
    'LLM_BASE_URL=https://api.openai.com/v1 LLM_API_KEY=… LLM_MODEL=… npm start': { byHand: MODEL },
    'LLM_BASE_URL=http://localhost:11434/v1 LLM_MODEL=… npm start': { byHand: MODEL },
  },
  'docs/benchmarks.md': {
    'npx -y pnpm@12.21.0 bench': BENCH,
    'npx -y pnpm@12.21.0 bench whole-life': BENCH,
    'npx -y pnpm@12.21.0 bench whole-life --size 20000 --seconds 60 --rounds 5 --only ours-postgres': BENCH,
    'npx -y pnpm@12.21.0 bench large-tables --rows 5000000 --write': BENCH,
    'npx -y pnpm@12.21.0 bench event-streams --streams 10000 --write': BENCH,
    'npx -y pnpm@12.21.0 bench held-snapshot --minutes 10 --write': BENCH,
    'npx -y pnpm@12.21.0 bench --help': BENCH,
  },
  'docs/deploy/command-line.md': {
    'npx @brandkit/server-adapter --help': COMMAND_LINE,
    'npx @brandkit/server-adapter doctor': COMMAND_LINE,
    'npx @brandkit/server-adapter doctor --url http://localhost:3000/api/jobs --origin https://app.example':
      COMMAND_LINE,
    'npx @brandkit/server-adapter doctor --dotenv .env --strict --json': COMMAND_LINE,
    'npx @brandkit/server-adapter migrate --dry-run': COMMAND_LINE,
    'npx @brandkit/server-adapter migrate --to 22': COMMAND_LINE,
    'npx @brandkit/server-adapter migrate': COMMAND_LINE,
    'npx @brandkit/server-adapter inspect 01981f6e-3c5a-7b8e-9f00-5a3b1c2d4e6f': COMMAND_LINE,
  },
  'docs/deploy/docker.md': {
    'docker compose up --build --scale worker=4': NO_CLUSTER,
  },
  'docs/deploy/fly.md': {
    'fly secrets set DATABASE_URL=postgres://…': NO_CLUSTER,
    'fly deploy': NO_CLUSTER,
    'fly scale count web=2 worker=4': NO_CLUSTER,
  },
  'docs/deploy/kubernetes.md': {
    'kubectl create -f migrate.yaml': NO_CLUSTER,
    'kubectl wait --for=condition=complete job --all --timeout=10m': NO_CLUSTER,
    'kubectl apply -f web.yaml -f worker.yaml': NO_CLUSTER,
  },
  'docs/deploy/migrations.md': {
    'npx @brandkit/server-adapter migrate': COMMAND_LINE,
  },
  'docs/frameworks/express.md': {
    'npm i express': FRAMEWORKS,
  },
  'docs/frameworks/fastify.md': {
    'npm i fastify': FRAMEWORKS,
  },
  'docs/frameworks/hono.md': {
    'npm i hono @hono/node-server': FRAMEWORKS,
  },
  'docs/frameworks/next.md': {
    'npm init -y': NEXT,
    'npm pkg set type=module': NEXT,
    'npm i next react react-dom @brandkit/server-adapter @brandkit/react @brandkit/core @tanstack/react-query zod @electric-sql/pglite pg-boss':
      NEXT,
    'npm i -D typescript @types/node @types/react @types/react-dom': NEXT,
    [`node -p "'SESSION_SECRET=' + crypto.randomUUID()" > .env.local`]: NEXT,
    'npx next build': NEXT,
    'npx next start': NEXT,
  },
  'docs/frameworks/react-router.md': {
    'npm init -y': REACT_ROUTER,
    'npm pkg set type=module': REACT_ROUTER,
    'npm i react-router @react-router/node @react-router/serve isbot react react-dom @brandkit/server-adapter @brandkit/react @brandkit/core @tanstack/react-query zod @electric-sql/pglite pg-boss':
      REACT_ROUTER,
    'npm i -D @react-router/dev vite typescript @types/node @types/react @types/react-dom': REACT_ROUTER,
    "export SESSION_SECRET=$(node -p 'crypto.randomUUID()')": SECRET,
    'npx react-router build': REACT_ROUTER,
    'npx react-router-serve ./build/server/index.js': REACT_ROUTER,
  },
  'docs/frameworks/runtimes.md': {
    'bun bun-server.ts': RUNTIMES,
    'deno run --allow-all deno-server.ts': RUNTIMES,
  },
  'docs/frameworks/tanstack-start.md': {
    'npm init -y': TANSTACK,
    'npm pkg set type=module': TANSTACK,
    'npm i @tanstack/react-start @tanstack/react-router react react-dom @brandkit/server-adapter @brandkit/react @brandkit/core @tanstack/react-query zod @electric-sql/pglite pg-boss srvx':
      TANSTACK,
    'npm i -D vite @vitejs/plugin-react typescript @types/node @types/react @types/react-dom': TANSTACK,
    "export SESSION_SECRET=$(node -p 'crypto.randomUUID()')": SECRET,
    'npx vite build': TANSTACK,
    'npx srvx --prod --static ../client dist/server/server.js': TANSTACK,
  },
  'docs/guide/events.md': {
    "curl -N -H 'authorization: Bearer …' 'http://localhost:3000/api/jobs?action=events'": PAGES_RUN,
  },
  'docs/guide/mcp.md': {
    'npm i @modelcontextprotocol/server': INSTALLS,
    [`curl -s http://localhost:3000/mcp -H 'content-type: application/json' -H 'accept: application/json, text/event-stream' -d '{ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }'`]:
      MCP,
    'npm i @modelcontextprotocol/client @modelcontextprotocol/ext-tasks': INSTALLS,
  },
  'docs/guide/observability.md': {
    'npm i @opentelemetry/sdk-node @opentelemetry/exporter-prometheus @opentelemetry/exporter-trace-otlp-http':
      INSTALLS,
    'node server.ts': PAGES_RUN,
    'promtool check rules prometheus-alerts.yaml': {
      byHand:
        'Promtool 2.42 of Debian finds the five rules. apps/docs/test/metrics.test.ts compares them with what is exported.',
    },
  },
  'docs/guide/testing.md': {
    'npm i -D vitest': TESTING,
    'npx vitest run': TESTING,
    'npm i -D @brandkit/server-adapter @brandkit/client': TESTING,
    'npm i -D jsdom @testing-library/react @testing-library/dom': TESTING,
  },
  'docs/start/backend.md': {
    'npm init -y': FIRST_TASK,
    'npm pkg set type=module': FIRST_TASK,
    'npm i @brandkit/server-adapter @brandkit/core zod @electric-sql/pglite pg-boss': FIRST_TASK,
    'node server.ts': FIRST_TASK,
    [`curl -s 'http://localhost:3000/api/jobs?action=create' -H 'content-type: application/json' -d '{ "type": "WRITE_STORY", "brandId": "demo", "payload": { "about": "a lighthouse" } }'`]:
      FIRST_TASK,
    "curl -sN 'http://localhost:3000/api/jobs?action=events'": FIRST_TASK,
  },
  'docs/start/design.md': {
    'npm run storybook': ROOT,
    'npm run storybook:build': STORYBOOK,
  },
  'docs/start/react.md': {
    'npm create vite@latest story-app -- --template react-ts --no-interactive': FIRST_TASK,
    'cd story-app': FIRST_TASK,
    'npm i @brandkit/react @brandkit/core @tanstack/react-query zod': FIRST_TASK,
    'cp ../catalog.ts .': FIRST_TASK,
    'npx vite': FIRST_TASK,
    'npm i -D @brandkit/server-adapter @brandkit/client': FIRST_TASK,
  },
  'examples/README.md': {
    'npm run example hono-pglite': ROOT,
  },
  'examples/express-bullmq/README.md': {
    'npm run example express-bullmq': EXAMPLE,
  },
  'examples/hono-pglite/README.md': {
    'npm run example hono-pglite': ROOT,
  },
  'examples/next-postgres/README.md': {
    'npm run example next-postgres': NEXT_EXAMPLE,
  },
  'examples/next-qstash/README.md': {
    'npm run example next-qstash': NEXT_EXAMPLE,
  },
  'examples/vite-react-static/README.md': {
    'npm run example vite-react-static': ROOT,
  },
  'packages/client/README.md': {
    'npm i @brandkit/client': INSTALLS,
  },
  'packages/react/README.md': {
    'npm i @brandkit/react @tanstack/react-query': INSTALLS,
  },
  'packages/react/src/stories/start.mdx': {
    'npm i @brandkit/react @tanstack/react-query': INSTALLS,
  },
  'packages/server-adapter/README.md': {
    'npm i @brandkit/server-adapter @brandkit/core zod @electric-sql/pglite pg-boss': INSTALLS,
    'node server.ts': PAGES_RUN,
    [`curl -s 'http://localhost:3000/api/jobs?action=create' -H 'content-type: application/json' -d '{ "type": "WRITE_STORY", "brandId": "demo", "payload": { "about": "a lighthouse" } }'`]:
      PAGES_RUN,
    'npx @brandkit/server-adapter doctor': COMMAND_LINE,
    'npx @brandkit/server-adapter migrate --dry-run': COMMAND_LINE,
    'npx @brandkit/server-adapter inspect 01981f6e-3c5a-7b8e-9f00-5a3b1c2d4e6f': COMMAND_LINE,
  },
}
