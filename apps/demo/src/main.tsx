import '@fontsource-variable/figtree/index.css'
import '@fontsource-variable/noto-sans-arabic/index.css'
// First, because it gives the layers their order.
import './styles/tokens.css'
import '@brandkit/react/styles.css'
import './styles/base.css'
import './styles/shell.css'
import './styles/page.css'
import './styles/tasks.css'
import './styles/form.css'
import './styles/task-page.css'
import './styles/result.css'
import './styles/strategy-results.css'
import './styles/content-results.css'
import './styles/trace.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { applyPreferences } from './parts/preferences.tsx'
import { keepConsoleLines } from './trace/trace-drawer.tsx'

keepConsoleLines()
const element = document.getElementById('root')
if (!element) throw new Error('index.html has no element with the id "root".')
const root = createRoot(element)
// A language that cannot be loaded is no reason for an empty page.
void applyPreferences()
  .catch(() => {})
  .then(() =>
    root.render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  )
