// One contender in a process of its own: `node serve-contender.ts express-bullmq '{"postgres":…}'`, forked by
// `forkContender`. Sends the address of its API, and answers questions.
import type { ContenderOptions, CreateContender } from './contender.ts'
import type { Question } from './fork-contender.ts'

const [, , name, options] = process.argv
if (!name || !options) throw new Error('Say which contender, and where it keeps its tasks.')
const { createContender } = (await import(`./${name}.ts`)) as { createContender: CreateContender }
const contender = createContender(JSON.parse(options) as ContenderOptions)

const answers: Record<Question, () => unknown> = {
  audit: () => contender.audit(),
  stop: () => contender.stop(),
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return user + system
  },
  memory: () => process.memoryUsage.rss(),
}

process.once('disconnect', () => process.exit(1))
process.on('message', (question: Question) => {
  void Promise.resolve(answers[question]()).then((answer) =>
    process.send?.({ question, answer: answer ?? null }, () => {
      if (question === 'stop') process.exit()
    }),
  )
})
await contender.start()
process.send?.({ question: 'start', answer: contender.url })
