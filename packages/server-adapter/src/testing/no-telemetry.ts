import type { Telemetry } from '../runtime/telemetry.js'

/** Records nothing: OpenTelemetry is an optional peer, which a page's bundler would look for. */
export const NO_TELEMETRY: Telemetry = {
  open: async () => {},
  close: () => {},
  activeTraceId: () => null,
  create: (_facts, run) => run(undefined),
  attempt: (_task, run) => run(() => {}),
  step: async (_key, run) => run(),
  call: (_facts, run) => run(),
  detached: (run) => run(),
  counts: () => false,
  record: () => {},
  leasesLost: () => {},
}
