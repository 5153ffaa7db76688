import { describeError, errorCodeOf } from '@brandkit/core'

/** How many related errors are examined: causes, and one error for each address of a host name. */
const MOST_RELATED = 8

/**
 * Explains to the team why a server could not be used, and what to do. Returns the end of a sentence that begins with the
 * server's name. Looks into wrapped errors (`fetch failed`, an `AggregateError` of several addresses). Never throws.
 */
export function explainConnection(error: unknown): string {
  for (const each of withRelated(error)) {
    const reason = byCode(errorCodeOf(each), each) ?? byMessage(describeError(each))
    if (reason !== undefined) return reason
  }
  return `cannot be used: ${describeError(error)}`
}

function byCode(code: string | undefined, error: unknown): string | undefined {
  if (code === undefined) return undefined
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) {
    const hostname = read(error, 'hostname')
    const name = typeof hostname === 'string' ? `the host name ${hostname}` : 'its host name'
    return `cannot be found: ${name} could not be resolved (${code}). Correct the name, or check the name server.`
  }
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(code))
    return `cannot be trusted: its TLS certificate was not accepted (${code}).`
  if (!Object.hasOwn(REASONS, code)) return undefined
  const reason: string = REASONS[code as keyof typeof REASONS]
  return reason.replace(/\.$/, ` (${code}).`)
}

/** Keyed by the error code of Node.js, or by the SQLSTATE of Postgres. */
const REASONS = {
  ECONNREFUSED: 'refused the connection: nothing listens there. Start it, or correct its host and port.',
  ETIMEDOUT: 'did not answer in time. Check that it runs, and that no firewall stands between.',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer in time. Check that it runs, and that no firewall stands between.',
  ECONNRESET: 'broke the connection off. Check whether it expects TLS, or has just been restarted.',
  EPIPE: 'broke the connection off. Check whether it expects TLS, or has just been restarted.',
  UND_ERR_SOCKET: 'broke the connection off. Check whether it expects TLS, or has just been restarted.',
  EHOSTUNREACH: 'cannot be reached: the network knows no way to it.',
  ENETUNREACH: 'cannot be reached: the network knows no way to it.',
  ENOENT: 'has no such socket. Start it, or correct the path.',
  '28P01': 'refused the user: user or password are wrong.',
  '28000': 'refused the user: user or password are wrong, or its pg_hba.conf does not let this machine in.',
  '3D000': 'has no such database. Create it, or correct its name.',
  '53300': 'has no connection left. Raise its max_connections, or connect by a pooler.',
  '57P03': 'is starting up or shutting down. Try again in a moment.',
} as const

/** Recognises errors of drivers that have no code. */
function byMessage(message: string): string | undefined {
  if (/timeout|timed out|did not answer/i.test(message)) return REASONS.ETIMEDOUT
  if (/password must be a string|NOAUTH|WRONGPASS|invalid password/i.test(message))
    return 'asks for a password, which is missing or wrong.'
  if (/failed to refresh slots cache/i.test(message))
    return 'does not answer on any of its nodes. Start them, or correct their addresses.'
  if (/does not support SSL/i.test(message)) return 'does not support TLS. Turn it off in the URL.'
  if (/terminated unexpectedly|socket hang up/i.test(message)) return REASONS.ECONNRESET
  return undefined
}

function withRelated(error: unknown): unknown[] {
  const seen = new Set([error])
  for (const each of seen) {
    for (const next of [...listOf(read(each, 'errors')), read(each, 'cause')]) {
      if (next !== undefined && seen.size < MOST_RELATED) seen.add(next)
    }
  }
  return [...seen]
}

function listOf(value: unknown): unknown[] {
  try {
    return Array.isArray(value) ? value.slice(0, MOST_RELATED) : []
  } catch {
    return []
  }
}

function read(from: unknown, key: string): unknown {
  try {
    return (from as Record<string, unknown>)[key]
  } catch {
    return undefined
  }
}
