import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Problem } from './problem.tsx'

interface ConfirmProps {
  opened: boolean
  title: string
  children: ReactNode
  /** Says what will happen: “Revoke key”, never “OK”. */
  action: string
  keep?: string
  run(): Promise<unknown>
  onClose(): void
}

/** Asks before something that cannot be undone; stays open and says why where it fails. */
export function Confirm({ opened, title, children, action, keep, run, onClose }: ConfirmProps) {
  const t = useTranslations('parts')
  const running = useMutation({ mutationFn: run, onSuccess: onClose })
  const close = () => {
    running.reset()
    onClose()
  }
  return (
    <Modal opened={opened} onClose={close} title={title} centered>
      <Stack>
        <Text component="div" size="sm">
          {children}
        </Text>
        <Problem error={running.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {keep ?? t('cancel')}
          </Button>
          <Button color="red" loading={running.isPending} onClick={() => running.mutate()}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
