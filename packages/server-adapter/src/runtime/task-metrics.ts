import type { Counter, Histogram, Meter, ObservableGauge, UpDownCounter } from '@opentelemetry/api'
import type { StoreStats } from '../store/store-outlook.js'
import type { TaskLifecycleEvent } from './lifecycle.js'

/** The metrics of one server. `Telemetry` lists them. */
export interface TaskMetrics {
  running: UpDownCounter
  leaseLosses: Counter
  record: (event: TaskLifecycleEvent) => void
  close: () => void
}

/** @param stats called whenever metrics are collected */
export function createTaskMetrics(meter: Meter, stats: () => Promise<StoreStats>): TaskMetrics {
  const queued: ObservableGauge = meter.createObservableGauge('brandkit.task.queued', {
    description: 'Tasks that wait, of all processes: each process reports the same, so do not add them up.',
    unit: '{task}',
  })
  const running = meter.createUpDownCounter('brandkit.task.running', {
    description: 'Attempts at work in this process.',
    unit: '{task}',
  })
  const duration: Histogram = meter.createHistogram('brandkit.task.duration', {
    description: 'From the first start of a task to its end.',
    unit: 's',
    advice: { explicitBucketBoundaries: BUCKETS_S },
  })
  const retries = meter.createCounter('brandkit.task.retries', {
    description: 'Attempts that failed and are followed by another.',
    unit: '{retry}',
  })
  const leaseLosses = meter.createCounter('brandkit.lease.losses', {
    description: 'Leases that ran out because their worker was gone or stood still.',
    unit: '{lease}',
  })

  const observe: Parameters<ObservableGauge['addCallback']>[0] = async (result) => {
    // A store that is down gives no number, but the other metrics must still be collected.
    const now = await stats().catch(() => null)
    if (now) result.observe(now.queued)
  }
  queued.addCallback(observe)

  return {
    running,
    leaseLosses,
    record({ stage, type, durationMs, errorCode }) {
      if (stage === 'retrying') {
        retries.add(1, { 'brandkit.task.type': type, ...(errorCode && { 'error.type': errorCode }) })
        return
      }
      if (durationMs === undefined) return
      duration.record(durationMs / 1_000, {
        'brandkit.task.type': type,
        'brandkit.task.status': stage,
        ...(stage === 'failed' && errorCode && { 'error.type': errorCode }),
      })
    },
    close: () => queued.removeCallback(observe),
  }
}

/** Bucket boundaries in seconds, from very short tasks to an hour. */
const BUCKETS_S = [0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600, 1_800, 3_600]
