import '@fontsource-variable/instrument-sans/wght.css'
import '@fontsource-variable/literata/wght.css'
import '@mantine/core/styles.css'
import './page.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Look } from './app-shell/look.tsx'
import { loadMessages } from './i18n/catalogue.ts'
import { Language } from './i18n/provider.tsx'
import { queryClient } from './query-client.ts'
import { router } from './router.tsx'

await loadMessages('shell', 'parts')

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Language>
        <Look>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </Look>
      </Language>
    </StrictMode>,
  )

// Not while the page is worked on: it would go on showing what it kept. Without one the page is as good, but for phones.
if (import.meta.env.PROD)
  navigator.serviceWorker?.register('/service-worker.js', { updateViaCache: 'none' }).catch(() => {})
