import { Alert, Anchor, Button, Group, Paper, Skeleton, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import type { CapabilitiesReply } from '../../../../src/contract/native.ts'
import { PLATFORM_NAMES } from '../../../../src/contract/platforms.ts'
import { useCredits } from '../credits/data.ts'
import { Problem } from '../parts/problem.tsx'
import { useChosen } from './chosen.ts'
import { ChosenFiles } from './chosen-files.tsx'
import { createTranscription, TRANSCRIPTIONS } from './data.ts'
import { linksIn } from './links.ts'
import { estimate, estimateWords, modelWords, rateWords, shortfall } from './price-words.ts'
import { addFiles, isAwaited } from './uploads/uploads.ts'
import { fulfillable, modelOf, type Wishes } from './wishes.ts'

// What is heavy comes a moment later, into the room that is kept for it.
const FileDrop = lazy(() => import('./file-drop.tsx').then(({ FileDrop }) => ({ default: FileDrop })))
const WishFields = lazy(() => import('./wish-fields.tsx').then(({ WishFields }) => ({ default: WishFields })))

const platforms = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(Object.values(PLATFORM_NAMES))

/** What shall be transcribed, how, and what it costs. */
export function OrderForm({ capabilities }: { capabilities: CapabilitiesReply }) {
  const [text, setText] = useState('')
  const [wishes, setWishes] = useState<Wishes>({})
  const files = useChosen()
  const { links, unclear } = linksIn(text)
  const order = useOrderLinks(setText)
  const count = links.length + files.chosen.length
  const price = usePrice(capabilities, [
    ...files.chosen.map(({ length }) => length ?? null),
    ...links.map(() => null),
  ])

  const drop = (dropped: File[]) => {
    // What was begun before the page was loaded anew goes on as it was.
    addFiles(dropped.filter(isAwaited), {})
    files.add(dropped.filter((file) => !isAwaited(file)))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { mode, ...ofFiles } = fulfillable(capabilities, wishes)
    addFiles(
      files.chosen.map(({ file }) => file),
      ofFiles,
    )
    files.clear()
    order.mutate({ links, wishes: { ...ofFiles, ...(mode && { mode }) } })
  }
  return (
    <Paper withBorder p="md" component="section" aria-label="What to transcribe">
      <form onSubmit={submit}>
        <Stack>
          <Suspense fallback={<Skeleton h={150} />}>
            <FileDrop maxBytes={capabilities.maxUploadBytes} onDrop={drop} />
          </Suspense>
          {files.chosen.length > 0 && <ChosenFiles chosen={files.chosen} onRemove={files.remove} />}
          <Textarea
            label="Or paste links"
            description={`To a video on ${platforms}, or to a media file. One a line.`}
            placeholder="https://…"
            autosize
            minRows={1}
            maxRows={8}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={unclear.length > 0 && `This is no link: ${unclear.join(' ')}`}
          />
          <Suspense fallback={<Skeleton h={60} />}>
            <WishFields
              capabilities={capabilities}
              wishes={wishes}
              hasLinks={links.length > 0}
              onChange={setWishes}
            />
          </Suspense>
          <Problem error={order.error} />
          {count > 0 && price.lack !== undefined && <TooLittle says={price.lack} />}
          <Group justify="space-between">
            <Text size="sm" c="dimmed" aria-live="polite">
              {count === 0 ? price.rate : price.words} {modelWords(modelOf(capabilities, wishes))}
            </Text>
            <Button
              type="submit"
              size="md"
              loading={order.isPending}
              disabled={count === 0 || unclear.length > 0 || price.lack !== undefined}
            >
              {count > 1 ? `Transcribe ${count}` : 'Transcribe'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}

function usePrice({ price }: CapabilitiesReply, lengths: (number | null)[]) {
  const credits = useCredits()
  const cost = estimate(price, lengths)
  return {
    rate: `Costs ${rateWords(price)}.`,
    words: estimateWords(price, cost),
    lack: credits.data && shortfall(cost, price, credits.data.available),
  }
}

const TooLittle = ({ says }: { says: string }) => (
  <Alert color="orange" title="Too few credits">
    {says}{' '}
    <Anchor component={Link} to="/credits" inherit>
      See your credits
    </Anchor>
  </Alert>
)

/** Those that the server refuses stay in the field, with its reason. */
function useOrderLinks(keep: (text: string) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ links, wishes }: { links: string[]; wishes: Wishes }) => {
      const refused: { link: string; why: unknown }[] = []
      for (const url of links)
        await createTranscription({ url, ...wishes }).catch((why: unknown) =>
          refused.push({ link: url, why }),
        )
      keep(refused.map(({ link }) => link).join('\n'))
      if (refused[0]) throw refused[0].why
    },
    onSettled: () => queries.invalidateQueries({ queryKey: TRANSCRIPTIONS }),
  })
}
