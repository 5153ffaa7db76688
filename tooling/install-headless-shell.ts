import { HEADLESS_SHELL } from '@brandkit/tooling/find-chromium'

interface Commands {
  run: (command: string, args: string[]) => void
  /** What a command prints; nothing if it fails. */
  printed: (command: string, args: string[]) => string
}

// Without a network the tests run on what there is, and not minutes later.
const PATIENCE = ['Acquire::http::Timeout=10', 'Acquire::https::Timeout=10', 'Acquire::Retries=0']
const OPTIONS = PATIENCE.flatMap((setting) => ['-o', setting])

/** Has apt install the headless shell, if the system packages it. */
export function installHeadlessShell({ run, printed }: Commands): void {
  // Unlike `show`, `madison` leaves out what is only installed: it answers from the archives' lists.
  const isListed = (name: string) => printed('apt-cache', ['madison', name]).includes(name)

  // Lists that have apt itself and no shell are those of a system without one, such as Ubuntu: asking its archives again
  // at every run would be in vain.
  if (isListed('apt') && !isListed(HEADLESS_SHELL)) return
  run('apt-get', ['update', ...OPTIONS])
  if (isListed(HEADLESS_SHELL)) run('apt-get', ['install', '-y', ...OPTIONS, HEADLESS_SHELL])
}
