import { Stack, Text } from '@mantine/core'
import { Loaded } from '../parts/loaded.tsx'
import { Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { type Model, useModels } from './data.ts'
import { OneModel } from './one-model.tsx'

export function Models() {
  const models = useModels()
  return (
    <Loaded query={models} failed="We could not load the models">
      {(data) => <Catalogue models={data.models} />}
    </Loaded>
  )
}

function Catalogue({ models }: { models: Model[] }) {
  const here = models.filter(({ installed }) => installed)
  const others = models.filter(({ installed }) => !installed)
  return (
    <Stack gap="lg">
      <Section
        title="On this machine"
        says="The default serves unless EARSHOT_MODEL names another; a change counts from the next start on."
      >
        {here.length === 0 ? (
          <Text c="dimmed">None yet. Fetch one below; “whisper-base” is a good first one.</Text>
        ) : (
          <Rows label="Installed models">
            {here.map((model) => (
              <OneModel key={model.name} model={model} />
            ))}
          </Rows>
        )}
      </Section>
      {others.length > 0 && (
        <Section
          title="To be had"
          says="Fetched from where they are published, and verified. Word error rates: Open ASR Leaderboard, English."
        >
          <Rows label="Models that can be fetched">
            {others.map((model) => (
              <OneModel key={model.name} model={model} />
            ))}
          </Rows>
        </Section>
      )}
    </Stack>
  )
}
