import { useMutation } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { network } from '../network/network.ts'
import { causeFault, type Fault } from './trace-api.ts'

const FAULTS: readonly { fault: Fault; name: string; effect: string }[] = [
  {
    fault: 'fail once',
    name: 'Fail this attempt',
    effect:
      'The next step throws once. The task goes back to the queue and is tried again after the backoff; steps that are done are not repeated.',
  },
  {
    fault: 'fail',
    name: 'Fail for good',
    effect: 'The next step throws an error that no retry would mend. The task is failed; “Try again” makes a new one.',
  },
  {
    fault: 'kill',
    name: 'Kill the worker',
    effect:
      'The server’s process, worker and all, ends by SIGKILL in the middle of the step; its supervisor starts it again, and the task goes on after the last finished step.',
  },
]

interface FaultButtonsProps {
  taskId: string
  /** What the server offers. */
  faults: readonly Fault[]
  isOver: boolean
}

/** Makes things go wrong on purpose, and says what happens then. */
export function FaultButtons({ taskId, faults, isOver }: FaultButtonsProps) {
  const isCut = useSyncExternalStore(network.subscribe, network.isCut)
  const cause = useMutation({
    mutationFn: (fault: Fault) => causeFault(taskId, fault),
    networkMode: 'always',
  })
  const effect = FAULTS.find(({ fault }) => fault === cause.variables)?.effect
  return (
    <div className="faults">
      <div className="fault-buttons" role="group" aria-label="Make it go wrong">
        {FAULTS.map(({ fault, name }) => (
          <button
            key={fault}
            type="button"
            className="secondary"
            disabled={isOver || isCut || !faults.includes(fault)}
            onClick={() => cause.mutate(fault)}
          >
            {name}
          </button>
        ))}
        <button
          type="button"
          className="secondary"
          aria-pressed={isCut}
          onClick={() => (isCut ? network.mend() : network.cut())}
        >
          {isCut ? 'Go online' : 'Go offline'}
        </button>
      </div>
      <p className="soft fault-effect" role="status">
        {explain({ isCut, error: cause.error, effect: cause.isSuccess ? effect : undefined })}
        {!faults.includes('kill') &&
          faults.length > 0 &&
          ' (The worker can be killed where “npm start” watches over it.)'}
      </p>
    </div>
  )
}

interface Situation {
  isCut: boolean
  error: Error | null
  effect: string | undefined
}

function explain({ isCut, error, effect }: Situation): string {
  if (isCut)
    return 'This tab’s requests fail as they do without a network. The work on the server goes on; what is known stays, and nothing is shown as failed.'
  if (error) return error.message
  return effect ?? 'Break something, and watch what the task does.'
}
