import { byteLength } from '../platform.js'

/**
 * The body of an answer whose text is known, with its length in the headers: HEAD needs it to say what GET would say, and
 * mounts compress only what they know the length of.
 */
export function toContent(text: string, headers: Headers, method: string): string | null {
  headers.set('content-length', String(byteLength(text)))
  return method === 'HEAD' ? null : text
}
