import type { Contender, CreateContender, Launch } from './contender.ts'

/** A contender in this process: cheaper than `forkContender`, for runs whose times do not count. */
export const runInThisProcess: Launch = (name, options) => {
  let contender: Contender | undefined

  function running(): Contender {
    if (!contender) throw new Error(`${name} has not been started.`)
    return contender
  }

  return {
    pid: process.pid,
    async start() {
      const { createContender } = (await import(/* @vite-ignore */ `./${name}.ts`)) as {
        createContender: CreateContender
      }
      contender = createContender(options)
      await contender.start()
    },
    get url() {
      return running().url
    },
    audit: () => running().audit(),
    async cpu() {
      const { user, system } = process.cpuUsage()
      return user + system
    },
    memory: async () => process.memoryUsage.rss(),
    stop: async () => contender?.stop(),
  }
}
