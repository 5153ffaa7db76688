import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { FormDialog } from '../form/form-dialog.tsx'
import { network } from '../network/network.ts'
import { Problem } from '../parts/page-parts.tsx'

const URL = '/api/demo/own-data'

/** Lets a person take away, or erase, all that the studio stores about them. */
export function OwnData() {
  const [isAsking, setIsAsking] = useState(false)
  const erase = useMutation({
    mutationFn: eraseOwnData,
    networkMode: 'always',
    // Nothing that this page still holds may be shown: the person is signed out.
    onSuccess: () => window.location.assign('/'),
  })
  const close = () => {
    erase.reset()
    setIsAsking(false)
  }
  return (
    <section className="desk" aria-labelledby="own-data">
      <h2 id="own-data">Your data</h2>
      <p className="soft">What you asked for, what came of it, and who did what with it.</p>
      <div className="filter">
        <a className="secondary" href={URL} download>
          Export my data
        </a>
        <button type="button" className="secondary" onClick={() => setIsAsking(true)}>
          Erase my data
        </button>
      </div>
      {isAsking && (
        <FormDialog title="Erase all your data?" onClose={close}>
          <div className="question">
            <p>
              All that you asked for is erased, with its results, and what is under way is stopped. You are signed out.
              This cannot be undone.
            </p>
            {erase.error && <Problem sentence={erase.error.message} />}
            <div className="form-end">
              <button type="button" className="quiet" onClick={close}>
                Not now
              </button>
              <button type="button" className="button" disabled={erase.isPending} onClick={() => erase.mutate()}>
                Erase for ever
              </button>
            </div>
          </div>
        </FormDialog>
      )}
    </section>
  )
}

async function eraseOwnData(): Promise<void> {
  const response = await network.fetch(URL, { method: 'DELETE' })
  if (!response.ok) throw new Error('Your data could not be erased. Try again in a moment.')
}
