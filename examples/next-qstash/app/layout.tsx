import '@brandkit/react/styles.css'
import { Tasks } from './tasks.tsx'

export const metadata = { title: 'Stories in the background' }

export default function Layout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en" style={{ colorScheme: 'light dark', font: '1.1rem/1.5 system-ui' }}>
      <body>
        <Tasks>{children}</Tasks>
      </body>
    </html>
  )
}
