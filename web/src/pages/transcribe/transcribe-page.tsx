import { Alert, Anchor, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useSession } from '../../session.ts'
import { Loaded } from '../parts/loaded.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { capabilitiesQuery } from './data.ts'
import { OrderForm } from './order-form.tsx'

const Jobs = lazy(() => import('./jobs/jobs.tsx').then(({ Jobs }) => ({ default: Jobs })))

export function TranscribePage() {
  const capabilities = useQuery(capabilitiesQuery)
  return (
    <Stack gap="lg" maw={860} mx="auto">
      <PageHead title="Transcribe" says="Speech in recordings and videos becomes text with times." />
      <Loaded query={capabilities} failed="We could not load what this server can do">
        {(data) => (
          <>
            {data.models.length === 0 && <NoModel />}
            {data.models[0]?.standIn && <StandIn />}
            <OrderForm capabilities={data} />
          </>
        )}
      </Loaded>
      <Suspense>
        <Jobs />
      </Suspense>
    </Stack>
  )
}

const NoModel = () => (
  <Alert color="orange" title="No speech model is at work">
    What you send waits until there is one. <WhereModels />
  </Alert>
)

const StandIn = () => (
  <Alert color="blue" title="A rough model is at work">
    It is there to try things out: expect many wrong words. <WhereModels />
  </Alert>
)

function WhereModels() {
  const { user } = useSession()
  return user.operator ? (
    <Anchor component={Link} to="/operator" inherit>
      Install a better one
    </Anchor>
  ) : (
    <>The operator of this server can install a better one.</>
  )
}
