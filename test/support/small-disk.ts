/** A file system of a few megabytes for one process, seen by nobody else: it has a mount namespace of its own. */
import { spawnSync } from 'node:child_process'

const inNamespace = (script: string): string[] => [
  'unshare',
  '--mount',
  '--map-root-user',
  'sh',
  '-c',
  script,
]

/** Not in every container. */
export const canMount = ((): boolean => {
  const [program = '', ...args] = inNamespace('mount -t tmpfs tmpfs /mnt')
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
})()

/** What a server is started under (see `startServer`), so that `dir` is such a disk for it. */
export const onSmallDisk = (dir: string, megabytes: number): string[] => [
  ...inNamespace(`mount -t tmpfs -o size=${megabytes}m tmpfs '${dir}' && exec "$0" "$@"`),
]

/** The same, with `dir` as it is, for reading only. */
export const readOnly = (dir: string): string[] => [
  ...inNamespace(`mount --bind '${dir}' '${dir}' && mount -o remount,ro,bind '${dir}' && exec "$0" "$@"`),
]

/** The path of what the process sees as `path`. */
export const insideOf = (pid: number, path: string): string => `/proc/${pid}/root${path}`
