import { createTaskService } from '@brandkit/client'
import { defineTask, defineTasks } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { memoryQueue, memoryStore } from '@brandkit/server-adapter/memory'
import * as z from 'zod'

const catalog = defineTasks({
  WRITE_STORY: defineTask({
    title: ({ payload }) => `Story about ${payload.about}`,
    payload: z.object({ about: z.string().min(1).max(100) }),
    steps: { chapters: { title: 'Writing chapters', items: true, output: z.string() } },
    result: z.object({ story: z.string() }),
  }),
})

declare module '@brandkit/core' {
  interface Register {
    catalog: typeof catalog
  }
}

/** The whole server, inside the page. It forgets its tasks with the page; all else is as on a server. */
const server = createTaskServer({
  catalog,
  store: memoryStore(),
  queue: memoryQueue(),
  authenticate: () => ({ userId: 'dev', brandIds: '*' }),
  generators: {
    WRITE_STORY: async ({ payload, signal, step }) => {
      const titles = ['The beginning', 'The storm', 'The morning']
      const chapters = await step.map('chapters', titles, { key: (title) => title, concurrency: 1 }, async (title) => {
        await new Promise((resolve) => setTimeout(resolve, 1_500)) // stands for a call of a model
        signal.throwIfAborted()
        return `${title}. Once there was ${payload.about}.`
      })
      return { story: chapters.join('\n') }
    },
  },
})
await server.start()

export const taskService = createTaskService({
  url: new URL('api/jobs', document.baseURI).href,
  fetch: async (resource, init) => server.handler(new Request(resource, init)),
})
