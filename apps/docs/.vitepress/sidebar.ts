import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DefaultTheme } from 'vitepress'

const app = join(import.meta.dirname, '..')

/** The pages of the API reference; none before `pnpm run reference` has run. */
function referenceItems(): DefaultTheme.SidebarItem[] {
  const list = join(app, '.reference/doors.json')
  if (!existsSync(list)) return []
  const doors = JSON.parse(readFileSync(list, 'utf8')) as string[]
  return doors.map((door) => ({ text: door.replace('@brandkit/', ''), link: `/reference/${door}` }))
}

const guide: DefaultTheme.SidebarItem[] = [
  {
    text: 'Start',
    items: [
      { text: 'What it is', link: '/start/' },
      { text: 'A first task: the server', link: '/start/backend' },
      { text: 'A first task: the app', link: '/start/react' },
      { text: 'A first task: the look', link: '/start/design' },
    ],
  },
  {
    text: 'Examples',
    collapsed: true,
    items: [
      { text: 'All of them', link: '/examples/' },
      { text: 'Hono and PGlite', link: '/examples/hono-pglite' },
      { text: 'Next and Postgres', link: '/examples/next-postgres' },
      { text: 'Next and QStash', link: '/examples/next-qstash' },
      { text: 'Express and BullMQ', link: '/examples/express-bullmq' },
      { text: 'React without a backend', link: '/examples/vite-react-static' },
    ],
  },
  {
    text: 'Tasks',
    items: [
      { text: 'Your own task types', link: '/guide/task-types' },
      { text: 'Steps and retries', link: '/guide/steps-and-retries' },
      { text: 'Order and uniqueness', link: '/guide/order' },
      { text: 'Events and streamed text', link: '/guide/events' },
      { text: 'From server code', link: '/guide/server-code' },
      { text: 'Agents (MCP)', link: '/guide/mcp' },
      { text: 'Limits and budgets', link: '/guide/limits' },
      { text: 'Notices', link: '/guide/notices' },
    ],
  },
  {
    text: 'In the app',
    items: [
      { text: 'Tabs, networks, sign-in', link: '/guide/tabs-and-networks' },
      { text: 'Server rendering', link: '/guide/server-rendering' },
      { text: 'Theming', link: '/guide/theming' },
      { text: 'Languages', link: '/guide/languages' },
      { text: 'Accessibility', link: '/guide/accessibility' },
      { text: 'The operators’ page', link: '/guide/operators' },
    ],
  },
  {
    text: 'Frameworks',
    collapsed: true,
    items: [
      { text: 'Which mount', link: '/frameworks/' },
      { text: 'Next', link: '/frameworks/next' },
      { text: 'Express', link: '/frameworks/express' },
      { text: 'Fastify', link: '/frameworks/fastify' },
      { text: 'Hono', link: '/frameworks/hono' },
      { text: 'TanStack Start', link: '/frameworks/tanstack-start' },
      { text: 'React Router', link: '/frameworks/react-router' },
      { text: 'Node', link: '/frameworks/node' },
      { text: 'Bun, Deno, Cloudflare', link: '/frameworks/runtimes' },
    ],
  },
  {
    text: 'Stores and queues',
    collapsed: true,
    items: [
      { text: 'Choosing a backend', link: '/backends/choosing' },
      { text: 'Stores', link: '/backends/stores' },
      { text: 'Queues', link: '/backends/queues' },
      { text: 'Your own', link: '/backends/your-own' },
    ],
  },
  {
    text: 'Production',
    collapsed: true,
    items: [
      { text: 'Scaling', link: '/deploy/scaling' },
      { text: 'Health and probes', link: '/deploy/health' },
      { text: 'Migrations and rollback', link: '/deploy/migrations' },
      { text: 'The command line', link: '/deploy/command-line' },
      { text: 'Docker', link: '/deploy/docker' },
      { text: 'Kubernetes', link: '/deploy/kubernetes' },
      { text: 'Vercel and QStash', link: '/deploy/vercel-qstash' },
      { text: 'Fly', link: '/deploy/fly' },
      { text: 'Observability', link: '/guide/observability' },
    ],
  },
  {
    text: 'Security',
    collapsed: true,
    items: [
      { text: 'Security model', link: '/guide/security' },
      { text: 'Who may do what', link: '/guide/authorization' },
      { text: 'Privacy', link: '/guide/privacy' },
      { text: 'Encrypted content', link: '/guide/encryption' },
    ],
  },
  {
    text: 'Help',
    items: [
      { text: 'Troubleshooting by code', link: '/guide/troubleshooting' },
      { text: 'Testing', link: '/guide/testing' },
      { text: 'What you may rely on', link: '/guide/guarantees' },
      { text: 'Versions', link: '/guide/versions' },
    ],
  },
  {
    text: 'Coming from',
    collapsed: true,
    items: [
      { text: 'Polling by hand', link: '/migrate/polling' },
      { text: 'BullMQ', link: '/migrate/bullmq' },
      { text: 'Trigger.dev', link: '/migrate/trigger-dev' },
      { text: 'Inngest', link: '/migrate/inngest' },
    ],
  },
]

const reference: DefaultTheme.SidebarItem[] = [
  {
    text: 'Packages',
    items: ['react', 'client', 'server-adapter', 'core'].map((name) => ({ text: name, link: `/packages/${name}` })),
  },
  { text: 'Protocol', items: [{ text: 'Actions and OpenAPI', link: '/guide/protocol' }] },
  { text: 'API', items: [{ text: 'All entries', link: '/reference/' }, ...referenceItems()] },
]

const inside: DefaultTheme.SidebarItem[] = [
  {
    text: 'Inside',
    items: [
      { text: 'Architecture', link: '/architecture' },
      { text: 'Reliability', link: '/reliability' },
      { text: 'What people see', link: '/ui' },
      { text: 'Benchmarks', link: '/benchmarks' },
      { text: 'Decisions', link: '/decisions/' },
      { text: 'Contributing', link: '/contributing' },
    ],
  },
]

export const sidebar: DefaultTheme.Sidebar = {
  '/guide/protocol': reference,
  '/packages/': reference,
  '/reference/': reference,
  '/architecture': inside,
  '/reliability': inside,
  '/ui': inside,
  '/benchmarks': inside,
  '/decisions/': inside,
  '/contributing': inside,
  // Last, because of keys of one depth the first that fits wins.
  '/': guide,
}
