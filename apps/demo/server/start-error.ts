/** Why the demo cannot start, in one sentence that says how to fix it. `main` prints it and exits with 1. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
