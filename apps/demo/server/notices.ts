import type {
  ExportedRecord,
  Notice,
  NotifyOptions,
  NotifyTarget,
  TaskServer,
  TaskStore,
} from '@brandkit/server-adapter'
import { webPushTarget } from '@brandkit/server-adapter/notify'
import { taskPath } from '../src/sections/section-path.ts'
import type { VapidKeys } from './data-folder.ts'
import { createTransport } from 'nodemailer'
import { findPerson, readJson, type Sessions, toPrincipal } from './session.ts'
import { isJsonObject, TaskError } from '@brandkit/core'

interface NoticeSettings {
  /** `smtp://localhost:1025`. Undefined: no mail. */
  smtpUrl?: string | undefined
  /** Undefined: no messages in browsers. */
  vapid?: VapidKeys | undefined
  /** The studio's address for links, without a final slash. */
  studioUrl: string
}

/** Who is told of ended tasks although the page is closed: the owner, as the owner wishes. */
export function composeNotices(
  { smtpUrl, vapid, studioUrl }: NoticeSettings,
  wishes: Wishes,
): NotifyOptions | undefined {
  const targets: Record<string, NotifyTarget> = {}
  if (smtpUrl !== undefined) targets['mail'] = createMailTarget({ smtpUrl, wishes })
  if (vapid) {
    targets['push'] = webPushTarget({
      vapid: { subject: 'mailto:studio@studio.example', ...vapid },
      subscriptionsOf: async ({ data }) => (await wishes.read(data.userId)).subscriptions,
      onGone: ({ endpoint }, { data }) => wishes.unsubscribe(data.userId, endpoint),
    })
  }
  if (Object.keys(targets).length === 0) return undefined
  return { targets, linkTo: ({ data }: Notice) => studioUrl + taskPath(data.task) }
}

const SENDER = 'Brand studio <studio@studio.example>'

/** Sends an e-mail to owners who have asked for one. The id of a repeated mail is the same, so most programs show it once. */
function createMailTarget({ smtpUrl, wishes }: { smtpUrl: string; wishes: Pick<Wishes, 'read'> }): NotifyTarget {
  const transport = createTransport(smtpUrl)
  return {
    wants: async ({ data }) => (await wishes.read(data.userId)).mail,
    async deliver(notice) {
      const person = findPerson(notice.data.userId)
      if (!person) return
      await transport.sendMail({
        from: SENDER,
        to: { name: person.name, address: person.email },
        subject: subjectOf(notice),
        text: textOf(notice, person.name),
        messageId: `<${notice.id}@studio.example>`,
      })
    },
  }
}

function subjectOf({ type, data: { task } }: Notice): string {
  return type === 'task.completed' ? `Ready: ${task.title}` : `Failed: ${task.title}`
}

function textOf({ data: { task, link } }: Notice, name: string): string {
  const end = task.status === 'failed' ? `It did not work: ${task.lastError}` : 'It is ready.'
  return [`Hello ${name},`, `${task.title}: ${end}`, link ?? '', 'You have asked the brand studio to tell you.'].join(
    '\n\n',
  )
}

export interface WishServices {
  wishes: Wishes
  /** Whether the studio can send mail. */
  canMail: boolean
  /** The public key for Web Push; null if the studio has none. */
  pushKey: string | null
}

const MAX_BODY_BYTES = 4_096

/**
 * `/api/demo/wishes`, for the signed-in person. GET tells what there is and what the person has asked for; POST takes
 * `{"mail":true}`, `{"subscribe":{…}}` or `{"unsubscribe":"https://…"}`.
 *
 * @throws TaskError for any other request
 */
export async function handleWishes(
  request: Request,
  { wishes, canMail, pushKey, sessions }: WishServices & { sessions: Sessions },
): Promise<Response> {
  const person = await sessions.read(request.headers)
  if (!person) throw new TaskError('unauthenticated', 'Sign in first.')
  if (request.method === 'POST') await change(await readJson(request, { maxBytes: MAX_BODY_BYTES }), person.id, wishes)
  else if (request.method !== 'GET') throw new TaskError('method_not_allowed', 'Wishes take GET and POST.')
  const mail = canMail ? { address: person.email, isOn: (await wishes.read(person.id)).mail } : null
  return Response.json({ mail, pushKey }, { headers: { 'cache-control': 'no-store' } })
}

async function change(body: unknown, userId: string, wishes: Wishes): Promise<void> {
  const { mail, subscribe, unsubscribe } = isJsonObject(body) ? body : {}
  if (typeof mail === 'boolean') return await wishes.setMail(userId, mail)
  if (typeof unsubscribe === 'string') return await wishes.unsubscribe(userId, unsubscribe)
  if (isSubscription(subscribe)) return await wishes.subscribe(userId, subscribe)
  throw new TaskError('invalid_request', 'Give "mail" as true or false, "subscribe" or "unsubscribe".')
}

function isSubscription(value: unknown): value is Subscription {
  if (!isJsonObject(value) || !isJsonObject(value['keys'])) return false
  const { endpoint, keys } = value
  return [endpoint, keys['p256dh'], keys['auth']].every((text) => typeof text === 'string' && text !== '')
}

/** How a person wants to be told of ended tasks. */
interface Wish {
  mail: boolean
  /** One for each browser. */
  subscriptions: Subscription[]
}

/** What a browser gives for Web Push. */
interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** The wishes of all persons, in the database of the tasks: any process may deliver. */
export interface Wishes {
  read(userId: string): Promise<Wish>
  setMail(userId: string, mail: boolean): Promise<void>
  subscribe(userId: string, subscription: Subscription): Promise<void>
  unsubscribe(userId: string, endpoint: string): Promise<void>
  forget(userId: string): Promise<void>
}

interface Queries {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
}

const MOST_BROWSERS = 10

export function createWishes(store: Pick<TaskStore, 'database'>): Wishes {
  let made: Promise<unknown> | undefined

  /** Both a PGlite and a pool of node-postgres have this method. A failover replaces the pool, so it is read each time. */
  function database(): Queries {
    const { database: handle } = store
    if (!handle) throw new TaskError('store_unavailable', 'The wishes cannot be read yet. Try again in a moment.')
    return (handle.kind === 'pglite' ? handle.pglite : handle.pool) as Queries
  }

  async function run(text: string, values: unknown[]): Promise<unknown[]> {
    made ??= database()
      .query(
        "create table if not exists studio_wishes (user_id text primary key, mail boolean not null default false, subscriptions jsonb not null default '[]')",
      )
      .catch((error: unknown) => {
        made = undefined
        throw error
      })
    await made
    return (await database().query(text, values)).rows
  }

  async function read(userId: string): Promise<Wish> {
    const rows = await run('select mail, subscriptions from studio_wishes where user_id = $1', [userId])
    return (rows[0] as Wish | undefined) ?? { mail: false, subscriptions: [] }
  }

  async function keep(userId: string, subscriptions: readonly Subscription[]): Promise<void> {
    await run(
      'insert into studio_wishes (user_id, subscriptions) values ($1, $2) on conflict (user_id) do update set subscriptions = excluded.subscriptions',
      [userId, JSON.stringify(subscriptions.slice(-MOST_BROWSERS))],
    )
  }

  async function without(userId: string, endpoint: string): Promise<Subscription[]> {
    const { subscriptions } = await read(userId)
    return subscriptions.filter((known) => known.endpoint !== endpoint)
  }

  return {
    read,
    async setMail(userId, mail) {
      await run(
        'insert into studio_wishes (user_id, mail) values ($1, $2) on conflict (user_id) do update set mail = excluded.mail',
        [userId, mail],
      )
    },
    async subscribe(userId, subscription) {
      await keep(userId, [...(await without(userId, subscription.endpoint)), subscription])
    },
    unsubscribe: async (userId, endpoint) => keep(userId, await without(userId, endpoint)),
    async forget(userId) {
      await run('delete from studio_wishes where user_id = $1', [userId])
    },
  }
}

interface OwnDataServices {
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
