/** All contenders, in the order of the tables. */
export const CONTENDERS = {
  'express-bullmq': { title: 'Express + BullMQ + table', packages: ['express', 'bullmq', 'ioredis', 'pg'] },
  'express-bullmq-postgres': { title: 'Express + BullMQ on Postgres + table', packages: ['express', 'bullmq', 'pg'] },
  'express-pg-boss': { title: 'Express + pg-boss + table', packages: ['express', 'pg-boss', 'pg'] },
  'express-graphile-worker': {
    title: 'Express + graphile-worker + table',
    packages: ['express', 'graphile-worker', 'pg'],
  },
  'express-durably': { title: 'Express + @coji/durably', packages: ['express', '@coji/durably', 'kysely', 'pg'] },
  'ours-postgres': { title: 'ours on Postgres', packages: ['pg', 'pg-boss'] },
  'ours-postgres-notify': {
    title: 'ours on Postgres, another process listens',
    packages: ['pg', 'pg-boss'],
  },
  'ours-bullmq': { title: 'ours on BullMQ (Redis)', packages: ['pg', 'bullmq', 'ioredis'] },
  'floor-postgres': { title: 'no queue, two statements for a batch (the floor)', packages: ['pg'] },
  'ours-pglite': { title: 'ours on PGlite', packages: ['@electric-sql/pglite', 'pg-boss'] },
} as const satisfies Record<string, { title: string; packages: readonly string[] }>

export type ContenderName = keyof typeof CONTENDERS

export const CONTENDER_NAMES = Object.keys(CONTENDERS) as ContenderName[]

/** Most teams would build this one. Every ratio is to it. */
export const PEER: ContenderName = 'express-bullmq'
