import { Anchor, Badge, Button, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type FormEvent, useState } from 'react'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { Problem } from '../parts/problem.tsx'
import { When } from '../parts/when.tsx'
import { sourceName, titleWords } from '../parts/words.ts'
import { clock } from './clock.ts'
import { useEdit } from './data.ts'
import { Tags } from './tags.tsx'

const languages = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' })

/** What this is, where it came from, and who made it. */
export function Heading({ transcription }: { transcription: TranscriptionReply }) {
  const { source, durationSeconds, detectedLanguage, language, modelUsed, createdAt } = transcription
  const spoken = detectedLanguage ?? language
  const facts = [
    durationSeconds !== null && clock(durationSeconds),
    spoken && languages.of(spoken),
    transcription.captions ? `${transcription.captions} captions` : modelUsed,
    transcription.version > 0 && 'edited',
  ].filter(Boolean)
  return (
    <Stack gap={4}>
      <Group gap="xs" align="center">
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }} dir="auto">
          {titleWords(transcription)}
        </Title>
        <Rename transcription={transcription} />
      </Group>
      <Text c="dimmed" size="sm" component="div">
        {facts.join(' · ')} {facts.length > 0 && '· '}
        <When at={createdAt} />
        {source.kind !== 'media' && (
          <>
            {' · '}
            <Anchor href={source.url} target="_blank" rel="noreferrer" inherit underline="always">
              {source.kind === 'link' ? `Open on ${sourceName(source.platform)}` : 'Where it came from'}
            </Anchor>
          </>
        )}
      </Text>
      <Tags transcription={transcription} />
      {transcription.standIn && (
        <Badge color="orange" variant="light" tt="none" h="auto" style={{ whiteSpace: 'normal' }}>
          Made by a rough stand-in, because no speech model was installed
        </Badge>
      )}
    </Stack>
  )
}

function Rename({ transcription: { id, title } }: { transcription: TranscriptionReply }) {
  const [opened, { open, close }] = useDisclosure()
  const [text, setText] = useState(title ?? '')
  const edit = useEdit(id)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    edit.mutate({ title: text.trim() }, { onSuccess: close })
  }
  return (
    <>
      <Button size="compact-sm" variant="subtle" ml={-8} onClick={open}>
        Rename
      </Button>
      <Modal opened={opened} onClose={close} title="Rename the transcript" centered>
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              label="Title"
              value={text}
              maxLength={300}
              data-autofocus
              onChange={({ currentTarget }) => setText(currentTarget.value)}
            />
            <Problem error={edit.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" disabled={text.trim() === ''} loading={edit.isPending}>
                Rename
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
