import { createTraceId, type TaskJson } from '@brandkit/core'

export interface FakeTaskServer {
  fetch: typeof globalThis.fetch
  /** Every request so far, as `GET status`. */
  requests: string[]
  /** Puts a task into the store as if it had been created earlier. */
  seed(fields?: Partial<TaskJson>): TaskJson
  /** Writes a change with a new version. */
  change(taskId: string, fields: Partial<TaskJson>): TaskJson
  find(taskId: string): TaskJson
  hints: Record<string, { position?: number; estimatedCompletion?: string }>
}

const STEPS = [
  { key: 'audience', title: 'Reading the audience', status: 'pending' },
  { key: 'channels', title: 'Choosing channels', status: 'pending' },
  { key: 'budget', title: 'Splitting the budget', status: 'pending' },
] as const

/** Speaks the protocol over a map; a test moves the tasks itself. */
export function createFakeTaskServer(): FakeTaskServer {
  const tasks = new Map<string, TaskJson>()
  const requests: string[] = []
  const hints: FakeTaskServer['hints'] = {}

  const find = (taskId: string): TaskJson => {
    const task = tasks.get(taskId)
    if (!task) throw new Error(`There is no task ${taskId}.`)
    return task
  }
  const change: FakeTaskServer['change'] = (taskId, fields) => {
    const task = {
      ...find(taskId),
      ...fields,
      version: find(taskId).version + 1,
      updatedAt: new Date().toISOString(),
    } as TaskJson
    tasks.set(taskId, task)
    return task
  }
  const seed: FakeTaskServer['seed'] = (fields = {}) => {
    const at = new Date(Date.now() + tasks.size).toISOString()
    const task = {
      taskId: crypto.randomUUID(),
      userId: 'ada',
      brandId: 'aurora',
      type: 'GENERATE_MEDIA_PLAN',
      status: 'queued',
      progress: 0,
      steps: structuredClone([...STEPS]),
      priority: 'normal',
      queuedAt: at,
      createdAt: at,
      updatedAt: at,
      runAt: at,
      retryCount: 0,
      maxRetries: 3,
      createdBy: 'ada',
      version: 1,
      title: `Media plan: Campaign ${tasks.size + 1}`,
      traceId: createTraceId(),
      ...fields,
    } as TaskJson
    tasks.set(task.taskId, task)
    return task
  }

  const answers: Record<string, (query: URLSearchParams, body: Record<string, string>) => Response> = {
    create: (_query, body) => {
      const { payload, type, brandId } = body as unknown as TaskJson
      return json({ task: seed({ payload, type, brandId } as Partial<TaskJson>) }, 202)
    },
    status: (query) => {
      const one = query.get('taskId')
      const ids = one === null ? (query.get('taskIds') ?? '').split(',') : [one]
      const found = ids.flatMap((taskId) => tasks.get(taskId) ?? [])
      if (one !== null && found.length === 0) return problem(404, 'task_not_found')
      const reply = { hints, pollAfterMs: 20 }
      return json(
        one === null
          ? { tasks: found, missing: ids.filter((taskId) => !tasks.has(taskId)), ...reply }
          : { task: found[0], ...reply },
      )
    },
    cancel: (_query, { taskId = '' }) => {
      const { status } = find(taskId)
      if (status === 'completed' || status === 'failed') return problem(409, 'task_is_over')
      return json({
        task: change(taskId, { status: 'cancelled', completedAt: new Date().toISOString() }),
      })
    },
    list: (query) => {
      const statuses = query.get('status')?.split(',')
      const endedAfter = query.get('endedAfter')
      const isAsked = (task: TaskJson) =>
        (!statuses || statuses.includes(task.status)) &&
        (!endedAfter || (task.completedAt !== undefined && task.completedAt > endedAfter))
      return json({ tasks: [...tasks.values()].filter(isAsked).toReversed(), nextCursor: null })
    },
  }

  return {
    requests,
    hints,
    seed,
    change,
    find,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const { searchParams } = new URL(request.url)
      const action = searchParams.get('action') ?? ''
      requests.push(`${request.method} ${action}`)
      const text = await request.text()
      return answers[action]?.(searchParams, text ? JSON.parse(text) : {}) ?? problem(400, 'unknown_action')
    },
  }
}

function json(body: unknown, status = 200): Response {
  return Response.json(body, { status })
}

function problem(status: number, code: string): Response {
  const body = {
    type: 'about:blank',
    title: code,
    status,
    detail: code,
    code,
    retryable: false,
    traceId: createTraceId(),
  }
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } })
}
