import '@brandkit/react/styles.css'
import type { ReactNode } from 'react'
import { Tasks } from './tasks.tsx'

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" style={{ colorScheme: 'light dark', fontFamily: 'system-ui' }}>
      <body>
        <Tasks>{children}</Tasks>
      </body>
    </html>
  )
}
