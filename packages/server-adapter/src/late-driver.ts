interface Driver<Context> {
  open(context: Context): Promise<void>
  close(): Promise<void>
}

interface LateDriver<Context, D extends Driver<Context>, Fact extends keyof D, Verb extends keyof D> {
  /** What can be read before the driver is loaded. Afterwards its own values count. */
  facts: { [Name in Fact]: D[Name] | undefined }
  /** The methods of the driver besides `open` and `close`. Each may be called once the driver is open. */
  verbs: readonly Verb[]
  /** Called by the first `open`, and again after a failure. */
  load: () => Promise<D>
  /** Opens the loaded driver, with what has to be done before or after. */
  open: (driver: D, context: Context) => Promise<void>
}

/** A driver whose code is loaded when it is opened. It has the named members, and calls those of the loaded driver. */
export function lateDriver<
  Context,
  D extends Driver<Context>,
  Fact extends keyof D & string,
  Verb extends keyof D & string,
>({ facts, verbs, load, open }: LateDriver<Context, D, Fact, Verb>): Pick<D, Fact | Verb> & Driver<Context> {
  let driver: D | undefined

  const late: Record<string, unknown> = {
    async open(context: Context) {
      driver ??= await load()
      await open(driver, context)
    },
    close: async () => driver?.close(),
  }
  for (const name of Object.keys(facts)) {
    Object.defineProperty(late, name, { enumerable: true, get: () => Reflect.get(driver ?? facts, name) as unknown })
  }
  for (const verb of verbs) {
    late[verb] = (...input: unknown[]) => {
      if (!driver) throw new Error(`Call open() before ${verb}().`)
      return Reflect.apply(driver[verb] as (...given: unknown[]) => unknown, driver, input)
    }
  }
  return late as unknown as Pick<D, Fact | Verb> & Driver<Context>
}
