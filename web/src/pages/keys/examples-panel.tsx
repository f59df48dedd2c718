import { Anchor, Box, Code, Group, NativeSelect, Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { Copy } from '../parts/copy-line.tsx'
import { example, LANGUAGES, PLACEHOLDER, PURPOSES, type Purpose } from './examples.ts'

/** Ready to paste: this page's address, and the key that was just made. */
export function ExamplesPanel({ apiKey = PLACEHOLDER }: { apiKey?: string | undefined }) {
  const [purpose, setPurpose] = useState<Purpose>('file')
  const place = { origin: window.location.origin, apiKey }
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="examples">
      <Stack gap="sm">
        <Group justify="space-between" align="end">
          <div>
            <Title order={2} size="h4" id="examples">
              Try it
            </Title>
            {apiKey === PLACEHOLDER && (
              <Text size="sm" c="dimmed">
                Make a key, and it is filled in here.
              </Text>
            )}
          </div>
          <NativeSelect
            aria-label="What to transcribe"
            data={Object.entries(PURPOSES).map(([value, label]) => ({ value, label }))}
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
                    <Code block tabIndex={0} aria-label={`${PURPOSES[purpose]}: ${language}`}>
                      {code}
                    </Code>
                  </Box>
                  <Copy value={code} label="Copy example" />
                </Stack>
              </Tabs.Panel>
            )
          })}
        </Tabs>
        <Anchor href="/docs" size="sm">
          All operations, with examples
        </Anchor>
      </Stack>
    </Paper>
  )
}
