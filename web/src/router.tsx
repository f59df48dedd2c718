/** Every address of the page. Each page is a file of its own that is fetched when it is wanted. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import type { SessionReply } from '../../src/contract/session.ts'
import { ApiError } from './api.ts'
import { Missing } from './app-shell/missing.tsx'
import { Shell } from './app-shell/shell.tsx'
import { Trouble } from './app-shell/trouble.tsx'
import { usePageTitle } from './app-shell/use-page-title.ts'
import { withMessages } from './i18n/catalogue.ts'
import type { Messages } from './i18n/messages.ts'
import { type Part as BatchesPart, isPart as isBatchesPart } from './pages/batches/part.ts'
import { filtersOf } from './pages/library/filters.ts'
import { isPart, type Part } from './pages/operator/part.ts'
import { isPart as isPostsPart, type Part as PostsPart } from './pages/posts/part.ts'
import { queryClient, SESSION_ENDED } from './query-client.ts'
import { sessionQuery } from './session.ts'

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption {
    /** The page's name in the browser's tab. */
    title?: keyof Messages['shell']['pages']
  }
}

function Root() {
  usePageTitle()
  return <Outlet />
}

const root = createRootRoute({ component: Root, notFoundComponent: Missing, errorComponent: Trouble })

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      return { session: await queryClient.ensureQueryData(sessionQuery) }
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      throw redirect({ to: '/login', search: loginSearch(location.href) })
    }
  },
})

interface LoginSearch {
  /** Where the login leads back to. */
  next?: string
  /** Whoever was at work is told why they are here. */
  ended?: boolean
}

const loginSearch = (href: string): LoginSearch => (href === '/' ? {} : { next: href })

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(
    withMessages(['transcribe'], () => import('./pages/transcribe/transcribe-page.tsx')),
    'TranscribePage',
  ),
  staticData: { title: 'transcribe' },
})
const library = createRoute({
  getParentRoute: () => inside,
  path: '/library',
  component: lazyRouteComponent(
    withMessages(['library'], () => import('./pages/library/library-page.tsx')),
    'LibraryPage',
  ),
  staticData: { title: 'library' },
  validateSearch: filtersOf,
})
const transcript = createRoute({
  getParentRoute: () => inside,
  path: '/transcripts/$id',
  component: lazyRouteComponent(
    withMessages(['transcript', 'archive', 'jobs'], () => import('./pages/transcript/transcript-page.tsx')),
    'TranscriptPage',
  ),
  staticData: { title: 'transcript' },
  validateSearch: momentOf,
})
const batches = createRoute({
  getParentRoute: () => inside,
  path: '/batches',
  component: lazyRouteComponent(
    withMessages(['batches', 'order'], () => import('./pages/batches/batches-page.tsx')),
    'BatchesPage',
  ),
  staticData: { title: 'batches' },
  validateSearch: ({ part, batch }): { part?: BatchesPart | undefined; batch?: string | undefined } => ({
    part: isBatchesPart(part) ? part : undefined,
    batch: typeof batch === 'string' ? batch : undefined,
  }),
})
/** Posts, keys, money and webhooks are the owners’. */
const ownersOnly = ({ context }: { context: { session: SessionReply } }): void => {
  if (context.session.user.role !== 'owner') throw redirect({ to: '/' })
}

const keys = createRoute({
  getParentRoute: () => inside,
  path: '/keys',
  beforeLoad: ownersOnly,
  component: lazyRouteComponent(
    withMessages(['keys'], () => import('./pages/keys/keys-page.tsx')),
    'KeysPage',
  ),
  staticData: { title: 'keys' },
})
const credits = createRoute({
  getParentRoute: () => inside,
  path: '/credits',
  beforeLoad: ownersOnly,
  component: lazyRouteComponent(
    withMessages(['credits'], () => import('./pages/credits/credits-page.tsx')),
    'CreditsPage',
  ),
  staticData: { title: 'credits' },
})
const webhooks = createRoute({
  getParentRoute: () => inside,
  path: '/webhooks',
  beforeLoad: ownersOnly,
  component: lazyRouteComponent(
    withMessages(['webhooks'], () => import('./pages/webhooks/webhooks-page.tsx')),
    'WebhooksPage',
  ),
  staticData: { title: 'webhooks' },
})
const posts = createRoute({
  getParentRoute: () => inside,
  path: '/posts',
  beforeLoad: ownersOnly,
  component: lazyRouteComponent(
    withMessages(['posts'], () => import('./pages/posts/posts-page.tsx')),
    'PostsPage',
  ),
  staticData: { title: 'posts' },
  validateSearch: ({ part, draft }): { part?: PostsPart | undefined; draft?: string | undefined } => ({
    part: isPostsPart(part) ? part : undefined,
    draft: typeof draft === 'string' ? draft : undefined,
  }),
})
const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: lazyRouteComponent(
    withMessages(['settings'], () => import('./pages/settings/settings-page.tsx')),
    'SettingsPage',
  ),
  staticData: { title: 'settings' },
})
const operator = createRoute({
  getParentRoute: () => inside,
  path: '/operator',
  component: lazyRouteComponent(
    withMessages(
      ['operator', 'findings', 'models', 'settings'],
      () => import('./pages/operator/operator-page.tsx'),
    ),
    'OperatorPage',
  ),
  staticData: { title: 'operator' },
  validateSearch: ({ part }): { part?: Part | undefined } => ({ part: isPart(part) ? part : undefined }),
  beforeLoad: ({ context }) => {
    if (!context.session.user.operator) throw redirect({ to: '/' })
  },
})

/** Any other address, with the menu that leads away from it. */
const missing = createRoute({ getParentRoute: () => inside, path: '$', component: Missing })

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(
    withMessages(['login'], () => import('./pages/login/login-page.tsx')),
    'LoginPage',
  ),
  staticData: { title: 'login' },
  validateSearch: ({ next, ended }): LoginSearch => ({
    ...(isLocal(next) && { next }),
    ...(ended === true && { ended }),
  }),
})
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(
    withMessages(['login'], () => import('./pages/login/join-page.tsx')),
    'JoinPage',
  ),
  staticData: { title: 'join' },
})
const shared = createRoute({
  getParentRoute: () => root,
  path: '/shared/$token',
  component: lazyRouteComponent(
    withMessages(['shared', 'transcript'], () => import('./pages/shared/shared-page.tsx')),
    'SharedPage',
  ),
  staticData: { title: 'transcript' },
  validateSearch: momentOf,
})

/** `?t=` seconds to jump to, with `&to=` seconds to quote until there; `?q=` words to find and mark. */
function momentOf({ t, to, q }: Record<string, unknown>): { t?: number; to?: number; q?: string } {
  return {
    ...(isTime(t) && { t: Number(t) }),
    ...(isTime(to) && { to: Number(to) }),
    ...(q !== undefined && q !== '' && { q: String(q) }),
  }
}

const isTime = (text: unknown): boolean =>
  text !== undefined && text !== '' && Number(text) >= 0 && Number.isFinite(Number(text))

/** A path of this page, never another site's address. */
const isLocal = (path: unknown): path is string => typeof path === 'string' && /^\/(?![/\\])/.test(path)

export const router = createRouter({
  routeTree: root.addChildren([
    inside.addChildren([
      home,
      library,
      batches,
      transcript,
      posts,
      keys,
      credits,
      webhooks,
      settings,
      operator,
      missing,
    ]),
    login,
    join,
    shared,
  ]),
  defaultErrorComponent: Trouble,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

/** First away from the pages that would ask for it again, then it is forgotten. */
window.addEventListener(SESSION_ENDED, async () => {
  const { href, pathname } = router.state.location
  if (pathname === '/login') return
  await router.navigate({ to: '/login', search: { ...loginSearch(href), ended: true } })
  queryClient.removeQueries({ queryKey: sessionQuery.queryKey })
})
