import { Anchor, Button, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type FormEvent, memo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { Problem } from '../parts/problem.tsx'
import { When } from '../parts/when.tsx'
import { languageName, sourceName, titleWords } from '../parts/words.ts'
import { clock } from './clock.ts'
import { useEdit } from './data.ts'
import { StandIn } from './stand-in.tsx'
import { Tags } from './tags.tsx'

/** What this is, where it came from, and who made it. */
export const Heading = memo(function Heading({ transcription }: { transcription: TranscriptionReply }) {
  const t = useTranslations('transcript')
  const { source, durationSeconds, detectedLanguage, language, modelUsed, createdAt } = transcription
  const spoken = detectedLanguage ?? language
  const facts = [
    durationSeconds !== null && clock(durationSeconds),
    spoken && languageName(spoken),
    transcription.captions ? t(`facts.captions.${transcription.captions}`) : modelUsed,
    transcription.version > 0 && t('facts.edited'),
    transcription.reused && t('facts.reused'),
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
              {source.kind === 'link'
                ? t('facts.openOn', { platform: sourceName(source.platform) })
                : t('facts.from')}
            </Anchor>
          </>
        )}
      </Text>
      <Tags transcription={transcription} />
      {transcription.standIn && <StandIn />}
    </Stack>
  )
})

function Rename({ transcription: { id, title } }: { transcription: TranscriptionReply }) {
  const t = useTranslations('transcript')
  const parts = useTranslations('parts')
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
        {t('rename.open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('rename.title')} centered>
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              label={t('rename.field')}
              value={text}
              maxLength={300}
              data-autofocus
              onChange={({ currentTarget }) => setText(currentTarget.value)}
            />
            <Problem error={edit.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {parts('cancel')}
              </Button>
              <Button type="submit" disabled={text.trim() === ''} loading={edit.isPending}>
                {t('rename.open')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
