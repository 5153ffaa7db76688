import { FatalTaskError, RetryableTaskError } from '@brandkit/core'
import type { Generators } from '../../runtime/running/generator.js'
import type { NotifyOptions } from '../../runtime/telling/notify-target.js'
import { DESK, type EndpointTasks, PROVIDER, REFUSAL, SECRET, SPENT, TEXTS } from './endpoint-tasks.js'

/** A desk that takes no notice of a report, so that each is dead at once; an app under test passes it as `notify`. */
export const endpointNotify: NotifyOptions = {
  targets: {
    [DESK]: {
      ends: ['completed'],
      deliver() {
        throw new FatalTaskError(REFUSAL)
      },
    },
  },
}

/** Does for every report what its payload asks; an app under test passes it to `createTaskServer`. */
export const endpointGenerators: Generators<EndpointTasks> = {
  async WRITE_REPORT({ payload: { course, pages }, attempt, signal, step, partial, keptText, usage, provider }) {
    if (course === 'refuses') throw new FatalTaskError(REFUSAL)
    // The wait for a minute that begins within a second is not shown, so it asks again.
    if (course === 'asks') for (;;) await provider(PROVIDER)
    if (course === 'crashes') throw new Error(`The password is ${SECRET}.`)
    if (course === 'stumbles' && attempt === 1) throw new RetryableTaskError('The paper is jammed.')
    if (course === 'writes' && keptText === '') await partial.append(TEXTS[0])
    const drafted = await step('draft', () => pages)
    if (course === 'writes') await partial.append(attempt === 1 ? 'a mistake' : TEXTS[1])
    if (course === 'writes' && attempt === 1) throw new RetryableTaskError('The paper is jammed.')
    if (course === 'spends') await usage(SPENT)
    return { pages: await step('print', () => (course === 'lasts' ? aborted(signal) : drafted)) }
  },
  async WRITE_LETTERS({ payload: { letters }, step }) {
    const readers = Array.from({ length: letters }, (_, index) => `${SECRET} ${index}`)
    const written = await step.map('letters', readers, { key: (reader) => reader }, (reader) => `Dear ${reader}`)
    return { letters: written.length }
  },
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error)
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
