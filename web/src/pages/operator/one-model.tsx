import { Badge, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row } from '../parts/rows.tsx'
import { bytesWords } from '../parts/words.ts'
import { type Model, useMakeDefault, usePull, useRemoveModel, useStopPull } from './data.ts'

export function OneModel({ model }: { model: Model }) {
  return (
    <Row actions={model.installed ? <Installed model={model} /> : <Fetch model={model} />}>
      <Group gap="xs">
        <Text fw={600}>{model.name}</Text>
        {model.isDefault && <Badge variant="light">default</Badge>}
      </Group>
      <Text size="sm">{model.about}</Text>
      <Text size="sm" c="dimmed">
        {traits(model).join(' · ')}
      </Text>
      {model.pull && <Fetching name={model.name} {...model.pull} />}
      {model.failure && <Problem error={new Error(`The last try failed: ${model.failure}`)} />}
    </Row>
  )
}

const traits = ({ languages, bytes, memoryMb, wordErrorRate, licence }: Model): string[] => [
  languages,
  bytesWords(bytes),
  ...(memoryMb === null ? [] : [`${bytesWords(memoryMb * 1e6)} of memory a slot`]),
  ...(wordErrorRate === null ? [] : [`${wordErrorRate} % word errors`]),
  licence,
]

function Fetching({ name, bytes, total }: { name: string; bytes: number; total: number }) {
  return (
    <Stack gap={4} mt={4} maw={420}>
      <Progress
        value={total === 0 ? 0 : (100 * bytes) / total}
        aria-label={`${name}: fetched so far`}
        animated
      />
      <Text size="sm" c="dimmed">
        {bytesWords(bytes)} of {bytesWords(total)}
      </Text>
    </Stack>
  )
}

function Fetch({ model: { name, pull, failure } }: { model: Model }) {
  const start = usePull(name)
  const stop = useStopPull(name)
  return (
    <Stack gap="xs" align="end">
      {pull ? (
        <Button
          size="xs"
          variant="default"
          loading={stop.isPending}
          onClick={() => stop.mutate(undefined)}
          aria-label={`Stop: ${name}`}
        >
          Stop
        </Button>
      ) : (
        <Button
          size="xs"
          variant="default"
          loading={start.isPending}
          onClick={() => start.mutate(undefined)}
          aria-label={`${failure ? 'Try again' : 'Fetch'}: ${name}`}
        >
          {failure ? 'Try again' : 'Fetch'}
        </Button>
      )}
      <Problem error={start.error ?? stop.error} />
    </Stack>
  )
}

function Installed({ model: { name, isDefault, recognises } }: { model: Model }) {
  const use = useMakeDefault(name)
  const remove = useRemoveModel(name)
  const [removing, setRemoving] = useState(false)
  return (
    <>
      {!isDefault && recognises && (
        <Button
          size="xs"
          variant="default"
          loading={use.isPending}
          onClick={() => use.mutate(undefined)}
          aria-label={`Make default: ${name}`}
        >
          Make default
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => setRemoving(true)} aria-label={`Remove: ${name}`}>
        Remove
      </Button>
      <Problem error={use.error} />
      <Confirm
        opened={removing}
        title={`Remove ${name}?`}
        action="Remove model"
        run={() => remove.mutateAsync(undefined)}
        onClose={() => setRemoving(false)}
      >
        Its files are deleted. It can be fetched again.
      </Confirm>
    </>
  )
}
