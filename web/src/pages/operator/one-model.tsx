import { Badge, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { translator } from '../../i18n/catalogue.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row } from '../parts/rows.tsx'
import { bytesWords, numberWords } from '../parts/words.ts'
import { type Model, useMakeDefault, usePull, useRemoveModel, useStopPull } from './data.ts'
import { aboutWords, spokenWords } from './model-words.ts'

export function OneModel({ model }: { model: Model }) {
  const t = useTranslations('operator')
  const about = aboutWords(model, useTranslations('models'))
  return (
    <Row actions={model.installed ? <Installed model={model} /> : <Fetch model={model} />}>
      <Group gap="xs">
        <Text fw={600}>{model.name}</Text>
        {model.isDefault && <Badge variant="light">{t('model.default')}</Badge>}
      </Group>
      <Text size="sm" lang={about === undefined ? 'en' : undefined}>
        {about ?? model.about}
      </Text>
      <Text size="sm" c="dimmed">
        {traits(model).join(' · ')}
      </Text>
      {model.pull && <Fetching name={model.name} {...model.pull} />}
      {model.failure && <Problem error={new Error(t('model.lastFailed', { why: model.failure }))} />}
    </Row>
  )
}

const rateWords = (percent: number): string =>
  numberWords(percent / 100, { style: 'percent', maximumFractionDigits: 2 })

const traits = (model: Model): string[] => {
  const t = translator('operator')
  const { own, bytes, memoryMb, wordErrorRate, licence } = model
  return [
    spokenWords(model),
    bytesWords(bytes),
    ...(memoryMb === null ? [] : [t('model.memory', { size: bytesWords(memoryMb * 1e6) })]),
    ...(wordErrorRate === null ? [] : [t('model.errors', { rate: rateWords(wordErrorRate) })]),
    own ? translator('models')('publisher') : licence,
  ]
}

function Fetching({ name, bytes, total }: { name: string; bytes: number; total: number }) {
  const t = useTranslations('operator')
  return (
    <Stack gap={4} mt={4} maw={420}>
      <Progress
        value={total === 0 ? 0 : (100 * bytes) / total}
        aria-label={t('model.fetched', { name })}
        animated
      />
      <Text size="sm" c="dimmed">
        {t('model.soFar', { bytes: bytesWords(bytes), total: bytesWords(total) })}
      </Text>
    </Stack>
  )
}

function Fetch({ model: { name, pull, failure } }: { model: Model }) {
  const t = useTranslations('operator')
  const parts = useTranslations('parts')
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
          aria-label={parts('named', { action: t('model.stop'), name })}
        >
          {t('model.stop')}
        </Button>
      ) : (
        <Button
          size="xs"
          variant="default"
          loading={start.isPending}
          onClick={() => start.mutate(undefined)}
          aria-label={`${failure ? parts('tryAgain') : t('model.fetch')}: ${name}`}
        >
          {failure ? parts('tryAgain') : t('model.fetch')}
        </Button>
      )}
      <Problem error={start.error ?? stop.error} />
    </Stack>
  )
}

function Installed({ model: { name, isDefault, recognises } }: { model: Model }) {
  const t = useTranslations('operator')
  const parts = useTranslations('parts')
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
          aria-label={parts('named', { action: t('model.makeDefault'), name })}
        >
          {t('model.makeDefault')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        onClick={() => setRemoving(true)}
        aria-label={parts('named', { action: t('model.remove'), name })}
      >
        {t('model.remove')}
      </Button>
      <Problem error={use.error} />
      <Confirm
        opened={removing}
        title={t('model.removeAsk', { name })}
        action={t('model.removeDo')}
        run={() => remove.mutateAsync(undefined)}
        onClose={() => setRemoving(false)}
      >
        {t('model.removeSays')}
      </Confirm>
    </>
  )
}
