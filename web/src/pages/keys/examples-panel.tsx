import { Anchor, Box, Code, Group, NativeSelect, Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Copy } from '../parts/copy-line.tsx'
import { example, LANGUAGES, PLACEHOLDER, PURPOSES, type Purpose } from './examples.ts'

/** Ready to paste: this page's address, and the key that was just made. */
export function ExamplesPanel({ apiKey = PLACEHOLDER }: { apiKey?: string | undefined }) {
  const t = useTranslations('keys')
  const parts = useTranslations('parts')
  const [purpose, setPurpose] = useState<Purpose>('file')
  const place = { origin: window.location.origin, apiKey }
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="examples">
      <Stack gap="sm">
        <Group justify="space-between" align="end">
          <div>
            <Title order={2} size="h4" id="examples">
              {t('examples.title')}
            </Title>
            {apiKey === PLACEHOLDER && (
              <Text size="sm" c="dimmed">
                {t('examples.makeKey')}
              </Text>
            )}
          </div>
          <NativeSelect
            aria-label={t('examples.what')}
            data={PURPOSES.map((value) => ({ value, label: t(`examples.${value}`) }))}
            value={purpose}
            onChange={(event) => setPurpose(event.currentTarget.value as Purpose)}
          />
        </Group>
        <Tabs defaultValue={LANGUAGES[0]} keepMounted={false}>
          <Tabs.List>
            {LANGUAGES.map((language) => (
              <Tabs.Tab key={language} value={language}>
                {language}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {LANGUAGES.map((language) => {
            const code = example(purpose, language, place)
            return (
              <Tabs.Panel key={language} value={language} pt="sm">
                <Stack gap="xs" align="end">
                  <Box w="100%">
                    <Code
                      block
                      tabIndex={0}
                      aria-label={parts('named', { action: t(`examples.${purpose}`), name: language })}
                    >
                      {code}
                    </Code>
                  </Box>
                  <Copy value={code} label={t('examples.copy')} />
                </Stack>
              </Tabs.Panel>
            )
          })}
        </Tabs>
        <Anchor href="/docs" size="sm">
          {t('examples.docs')}
        </Anchor>
      </Stack>
    </Paper>
  )
}
