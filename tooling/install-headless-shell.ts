import { HEADLESS_SHELL } from '@brandkit/tooling/find-chromium'

interface Commands {
  run: (command: string, args: string[]) => void
  /** A command's output; empty if the command fails. */
  printed: (command: string, args: string[]) => string
}

// Without a network, apt gives up after seconds instead of minutes, and the tests use the browser that is installed.
const PATIENCE = ['Acquire::http::Timeout=10', 'Acquire::https::Timeout=10', 'Acquire::Retries=0']
const OPTIONS = PATIENCE.flatMap((setting) => ['-o', setting])

/** Installs the headless shell with apt, if the system packages it. */
export function installHeadlessShell({ run, printed }: Commands): void {
  // `madison` reads the archives' lists, so it leaves out packages that are only installed; `show` does not.
  const isListed = (name: string) => printed('apt-cache', ['madison', name]).includes(name)

  // Lists with apt itself but without the shell belong to a system that lacks the package, such as Ubuntu. Updating the
  // lists at every run would be useless.
  if (isListed('apt') && !isListed(HEADLESS_SHELL)) return
  run('apt-get', ['update', ...OPTIONS])
  if (isListed(HEADLESS_SHELL)) run('apt-get', ['install', '-y', ...OPTIONS, HEADLESS_SHELL])
}
