import { TaskError } from '@brandkit/core'
import type { ExportedRecord, TaskServer } from '@brandkit/server-adapter'
import type { Wishes } from '../notices/wishes.ts'
import { toPrincipal } from '../people.ts'
import type { Sessions } from '../session.ts'

export interface OwnDataServices {
  tasks: Pick<TaskServer, 'exportUser' | 'eraseUser'>
  wishes: Wishes
}

/**
 * `/api/demo/own-data`, for the signed-in person. GET downloads all that the studio stores about the person, one JSON document a
 * line; DELETE erases it and signs the person out.
 *
 * @throws TaskError for any other request
 */
export async function handleOwnData(
  request: Request,
  { tasks, wishes, sessions }: OwnDataServices & { sessions: Sessions },
): Promise<Response> {
  const person = await sessions.read(request.headers)
  if (!person) throw new TaskError('unauthenticated', 'Sign in first.')
  const { tenantId, userId } = toPrincipal(person, 'own')
  const owner = { tenantId, userId, by: userId }
  if (request.method === 'GET') return toDownload(tasks.exportUser(owner))
  if (request.method !== 'DELETE') throw new TaskError('method_not_allowed', 'Your data take GET and DELETE.')

  await wishes.forget(userId)
  const { erased } = await tasks.eraseUser(owner)
  return Response.json({ erased }, { headers: { 'cache-control': 'no-store', 'set-cookie': sessions.noCookie } })
}

/** Sends each record as soon as the browser takes it, so that no export is ever in memory as a whole. */
function toDownload(records: AsyncIterable<ExportedRecord>): Response {
  const encoder = new TextEncoder()
  const rest = records[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await rest.next()
      if (done) return controller.close()
      controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    async cancel() {
      await rest.return?.()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'application/jsonl',
      'content-disposition': 'attachment; filename="brand-studio.jsonl"',
      'cache-control': 'no-store',
    },
  })
}
