import { createSortableId } from './sortable-id.js'
import { type Clock, machineClock } from './clock.js'
import type { Estimates } from './runtime/estimating/estimates.js'
import { laptopDrivers } from './laptop-drivers.js'
import { drawPauseMs } from './runtime/timings.js'
import type { ServerDrivers } from './task-server-options.js'
import { createTelemetry, type Telemetry } from './runtime/telemetry.js'

/** The dependencies of a server on its environment. Only the fake task server replaces them. */
export interface ServerParts {
  clock: Clock
  telemetry: Telemetry
  /** Makes the ids of tasks and batches. */
  createId: () => string
  /** How long the reader of a stream waits before it connects again, in milliseconds. */
  drawPauseMs: () => number
  /** May change or replace the estimates; the default returns them as they are. */
  amendEstimates: (estimates: Estimates) => Estimates
  /** The store and the queue of an app that names neither. Without it both are needed. */
  defaultDrivers?: () => ServerDrivers
}

export function createServerParts(): ServerParts {
  return {
    clock: machineClock,
    telemetry: createTelemetry(),
    createId: createSortableId,
    drawPauseMs,
    amendEstimates: (estimates) => estimates,
    // Other places than Node.js, Bun and Deno have no folders.
    ...(typeof globalThis.process?.getBuiltinModule === 'function' && { defaultDrivers: laptopDrivers }),
  }
}
