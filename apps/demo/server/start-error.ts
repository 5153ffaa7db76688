import { describeError, isTaskError } from '@brandkit/core'

/** The reason why the demo cannot start, in one sentence that says how to fix it. `main` prints it and exits with 1. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** One sentence with the reason why the task server did not start. It omits the password that an address may hold. */
export function toStartError(error: unknown, databaseUrl: string | undefined): StartError {
  if (error instanceof StartError) return error
  const sentence = (databaseUrl && explainPostgres(sqlStateOf(error), new URL(databaseUrl))) ?? firstLine(error)
  return new StartError(sentence, { cause: error })
}

function explainPostgres(code: string | undefined, { host, pathname, username }: URL): string | undefined {
  if (code === undefined) return undefined
  if (code.startsWith('28'))
    return `The database at ${host} refuses the user "${username}"; check user and password in DATABASE_URL.`
  if (code === '3D000')
    return `There is no database "${pathname.slice(1)}" at ${host}; create it or correct DATABASE_URL.`
  if (/^E[A-Z]/.test(code))
    return `The database at ${host} cannot be reached (${code}); start it, or correct or unset DATABASE_URL.`
  return `The database at ${host} cannot be used (${code}); check DATABASE_URL and the rights of its user.`
}

/** SQLSTATE, or the code of the socket's error, from the error or from its cause. */
function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$|^E[A-Z_]+$/.test(error.code))
    return error.code
  return sqlStateOf(error.cause)
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : describeError(error)
  const [line = message] = message.split('\n')
  // The demo's own errors are already written for people.
  return isTaskError(error) ? line : `The demo cannot start: ${line}`
}
