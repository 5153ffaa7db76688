import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** The place that a command writes to. Colours appear only in a terminal, and neither with `NO_COLOR` nor in a file. */
export interface Terminal {
  /** The result of the command, for stdout. */
  print(text: string): void
  /** What went wrong, for stderr. */
  complain(text: string): void
  /** A text of `print` in a colour. */
  paint(style: Style, text: string): string
}

export type Streams = Readonly<Record<'stdout' | 'stderr', NodeJS.WritableStream>>

/** @param secretsIn names the variables whose values are taken out of everything that is written */
export function createTerminal({ stdout, stderr }: Streams, { secretsIn }: { secretsIn: readonly string[] }): Terminal {
  // They are read for each text, because a command may load a file of variables.
  const hide = (text: string) =>
    withoutSecrets(
      text,
      secretsIn.flatMap((name) => process.env[name] ?? []),
    )
  return {
    print: (text) => void stdout.write(`${hide(text)}\n`),
    complain: (text) => void stderr.write(`${hide(text)}\n`),
    paint: (style, text) => styleText(style, text, { stream: stdout }),
  }
}

/** Shorter ones would also occur in plain words. */
const SHORTEST_SECRET = 8

/** What stands between scheme and host, except in the examples of our sentences. */
const CREDENTIALS = /\b([a-z][a-z0-9+.-]*:\/\/)(?!user:password@)[^\s/@]*@/gi

/**
 * Takes out secrets, and the user and password of URLs. Our own sentences hold neither, but they
 * may quote the message of a driver.
 */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  let safe = text.replaceAll(CREDENTIALS, '$1***@')
  for (const secret of secrets) if (secret.length >= SHORTEST_SECRET) safe = safe.replaceAll(secret, '***')
  return safe
}
