import type { Notice, NotifyTarget } from '@brandkit/server-adapter'
import { createTransport } from 'nodemailer'
import { findPerson } from '../people.ts'
import type { Wishes } from './wishes.ts'

const SENDER = 'Brand studio <studio@studio.example>'

/** Sends an e-mail to owners who have asked for one. The id of a repeated mail is the same, so most programs show it once. */
export function createMailTarget({ smtpUrl, wishes }: { smtpUrl: string; wishes: Pick<Wishes, 'read'> }): NotifyTarget {
  const transport = createTransport(smtpUrl)
  return {
    wants: async ({ data }) => (await wishes.read(data.userId)).mail,
    async deliver(notice) {
      const person = findPerson(notice.data.userId)
      if (!person) return
      await transport.sendMail({
        from: SENDER,
        to: { name: person.name, address: person.email },
        subject: subjectOf(notice),
        text: textOf(notice, person.name),
        messageId: `<${notice.id}@studio.example>`,
      })
    },
  }
}

function subjectOf({ type, data: { task } }: Notice): string {
  return type === 'task.completed' ? `Ready: ${task.title}` : `Failed: ${task.title}`
}

function textOf({ data: { task, link } }: Notice, name: string): string {
  const end = task.status === 'failed' ? `It did not work: ${task.lastError}` : 'It is ready.'
  return [`Hello ${name},`, `${task.title}: ${end}`, link ?? '', 'You have asked the brand studio to tell you.'].join(
    '\n\n',
  )
}
