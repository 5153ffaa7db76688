import { toPrintable } from '@brandkit/core'
import { toUsageAmount } from '../../runtime/to-usage-json.js'
import type { Terminal } from '../terminal.js'
import type { TaskLife } from './read-life.js'
import type { TaskEvent } from './task-events.js'

type Paint = Terminal['paint']

const STYLES = {
  queued: 'cyan',
  processing: 'cyan',
  completed: 'green',
  failed: 'red',
  cancelled: 'yellow',
} as const satisfies Record<TaskLife['task']['status'], string>

const STEP_SIGNS = { pending: '·', running: '▸', completed: '✓', failed: '✗' } as const

/** The life of a task for a person at a terminal. Whatever users have written is made printable. */
export function describeLife(life: TaskLife, events: readonly TaskEvent[], paint: Paint): string {
  const { task } = life
  return [
    [
      `${paint('bold', toPrintable(task.title))}  ${task.type}`,
      `${paint(STYLES[task.status], task.status)}, ${Math.round(task.progress)} %, attempt ${task.attempt} of at most ${task.maxRetries + 1}`,
      ...(task.lastError === undefined
        ? []
        : [`${paint('red', task.errorCode ?? 'error')}: ${toPrintable(task.lastError)}`]),
    ],
    describeFacts(life),
    ['Life', ...describeEvents(events, paint)],
    ...describeSteps(life),
    ...describeUsage(life),
    ...describeNotices(life),
  ]
    .map(([title = '', ...lines], at) => (at < 2 ? [title, ...lines] : [paint('bold', title), ...lines]).join('\n'))
    .join('\n\n')
}

function describeFacts({ task, sizes, times }: TaskLife): string[] {
  const facts: Record<string, string | undefined> = {
    id: task.taskId,
    owner: `${toPrintable(task.userId)}, brand ${toPrintable(task.brandId)}, tenant ${toPrintable(task.tenantId)}`,
    priority: task.priority,
    trace: task.traceId,
    batch: task.batchId,
    'retry of': task.retryOf,
    tags: task.tags?.map(toPrintable).join(', '),
    after: task.after?.map(({ taskId }) => taskId).join(', '),
    'waits for': task.waitsFor?.map(({ taskId }) => taskId).join(', '),
    provider: task.waitingFor && `waits for ${toPrintable(task.waitingFor.provider)} until ${task.waitingFor.until}`,
    'lease until': times.leaseExpiresAt,
    'next alarm': times.redeliverAt,
    'expires at': times.expiresAt,
    deadline: times.deadlineAt,
    content: describeSizes(sizes),
  }
  return Object.entries(facts).flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name.padEnd(12)} ${value}`],
  )
}

/** Contents belong to users, so only their sizes are shown. */
function describeSizes({ payload, result, partialResult, text }: TaskLife['sizes']): string {
  const parts = [
    ['payload', payload, 'bytes'],
    ['result', result, 'bytes'],
    ['partial result', partialResult, 'bytes'],
    ['text', text, 'characters'],
  ] as const
  const there = parts.flatMap(([name, size, unit]) => (size === null ? [] : [`${name} ${count(size)} ${unit}`]))
  return there.length === 0 ? 'emptied' : `${there.join(', ')} (not shown)`
}

/** Each with its time, and the time since the one before. */
function describeEvents(events: readonly TaskEvent[], paint: Paint): string[] {
  return events.map(({ at, event, about, by }, place) => {
    const before = events[place - 1]
    const sinceMs = before ? Date.parse(at) - Date.parse(before.at) : 0
    const what = [event, ...(about === undefined ? [] : [toPrintable(about)])].join(' ')
    const who = by === undefined ? '' : ` by ${toPrintable(by)}`
    return `  ${paint('dim', at)}  ${(before ? `+${describeMs(sinceMs)}` : '').padStart(9)}  ${what}${who}`
  })
}

function describeSteps({ task, checkpoints }: TaskLife): string[][] {
  if (task.steps.length === 0) return []
  const lines = task.steps.map(({ key, title, status, startedAt, completedAt, items }) => {
    const took = startedAt && completedAt ? describeMs(Date.parse(completedAt) - Date.parse(startedAt)) : ''
    const done = items && `${items.done}${items.total === undefined ? '' : ` of ${items.total}`} items`
    const details = [took, done, key].filter(Boolean).join(', ')
    return `  ${STEP_SIGNS[status]} ${toPrintable(title)} (${details})`
  })
  const bytes = checkpoints.reduce((sum, checkpoint) => sum + checkpoint.bytes, 0)
  return [['Steps', ...lines, `  ${checkpoints.length} stored outputs, ${count(bytes)} bytes`]]
}

function describeUsage({ usage }: TaskLife): string[][] {
  if (usage.length === 0) return []
  const lines = usage.map((sum) => {
    const { inputTokens, outputTokens, cost, currency } = toUsageAmount(sum)
    const price = cost === undefined ? '' : `, ${cost} ${currency}`
    return `  attempt ${sum.id}: ${count(inputTokens)} tokens in, ${count(outputTokens)} out${price}`
  })
  return [['Usage', ...lines]]
}

function describeNotices({ notices }: TaskLife): string[][] {
  if (notices.length === 0) return []
  const lines = notices.map(({ target, attempt, dueAt, diedAt, reason }) => {
    const state = diedAt === null ? `due ${dueAt}` : `given up ${diedAt}`
    return `  ${toPrintable(target)}: ${state} after ${attempt} tries${reason === null ? '' : `: ${toPrintable(reason)}`}`
  })
  return [['Notices that are not delivered', ...lines]]
}

function describeMs(ms: number): string {
  if (ms < 1_000) return `${ms} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  if (ms < 3_600_000) return `${(ms / 60_000).toFixed(1)} min`
  return `${(ms / 3_600_000).toFixed(1)} h`
}

function count(value: number): string {
  return value.toLocaleString('en')
}
