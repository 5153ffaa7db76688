import { HEADLESS_SHELL } from '@brandkit/tooling/find-chromium'
import { installHeadlessShell } from '@brandkit/tooling/install-headless-shell'
import { describe, expect, it } from 'vitest'

/** A system whose package lists have the first packages now, and the second ones after an update. */
function system({ now, updated = now }: { now: string[]; updated?: string[] }) {
  const commands: string[][] = []
  let known = now
  installHeadlessShell({
    run(command, args) {
      commands.push([command, ...args])
      if (args.includes('update')) known = updated
    },
    printed: (_, args) => (known.includes(args.at(-1) ?? '') ? ` ${args.at(-1)} | 1.0 | an archive\n` : ''),
  })
  return { commands, verbs: commands.map(([, verb]) => verb) }
}

describe('installHeadlessShell', () => {
  it('installs it where the system packages it', () => {
    const { commands, verbs } = system({ now: ['apt', HEADLESS_SHELL] })
    expect(verbs).toEqual(['update', 'install'])
    expect(commands.at(-1)).toContain(HEADLESS_SHELL)
  })

  it('gives up in seconds where there is no network, whichever step it is at', () => {
    for (const command of system({ now: ['apt', HEADLESS_SHELL] }).commands) {
      expect(command.join(' ')).toContain('-o Acquire::http::Timeout=10 -o Acquire::https::Timeout=10')
      expect(command.join(' ')).toContain('-o Acquire::Retries=0')
    }
  })

  it('runs nothing where the system does not package it, as on Ubuntu', () => {
    expect(system({ now: ['apt'] }).commands).toEqual([])
  })

  it('gets the lists where there are none yet, as in a fresh container', () => {
    expect(system({ now: [], updated: ['apt', HEADLESS_SHELL] }).verbs).toEqual(['update', 'install'])
    expect(system({ now: [], updated: ['apt'] }).verbs).toEqual(['update'])
  })
})
