import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SecretBox } from '../../ports/secret-box.ts'
import { madeOnce } from '../made-once.ts'

const VERSION = 'v1'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface SecretBoxOptions {
  /** The operator's key, the same on all machines; undefined: one is made in the data folder. */
  key: string | undefined
  dataDir: string
}

/** AES-256-GCM; whose the secret is, is sealed with it. */
export function createSecretBox({ key, dataDir }: SecretBoxOptions): SecretBox {
  const file = join(dataDir, 'secret.key')
  let derived: Promise<Buffer> | undefined
  /** What failed once is tried again: the disk may be there the next time. */
  const theKey = (material: () => Promise<string>): Promise<Buffer> => {
    derived ??= material().then(derive)
    derived.catch(() => {
      derived = undefined
    })
    return derived
  }
  return {
    async seal(text, of) {
      const secret = await theKey(async () => key ?? (await readOrMake(file)))
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(of))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${VERSION}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`
    },
    async open(sealed, of) {
      const secret = await theKey(async () => key ?? (await readFile(file, 'utf8')).trim()).catch(
        (cause: unknown) => {
          throw new Error(`The server cannot read the key of its secrets, ${file}.`, { cause })
        },
      )
      const [version, text = ''] = sealed.split('.')
      const bytes = Buffer.from(text, 'base64url')
      try {
        if (version !== VERSION) throw new Error('unknown version')
        const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, NONCE_BYTES))
          .setAAD(Buffer.from(of))
          .setAuthTag(bytes.subarray(-TAG_BYTES))
        return (
          decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
        )
      } catch (cause) {
        throw new Error(
          'The stored secret cannot be opened: it was sealed under another key. Set the same EARSHOT_SECRET_KEY on all ' +
            'machines, or connect the account again.',
          { cause },
        )
      }
    },
  }
}

const derive = (material: string): Buffer =>
  Buffer.from(hkdfSync('sha256', material, '', 'earshot secrets', KEY_BYTES))

const readOrMake = async (file: string): Promise<string> =>
  (await madeOnce(file, () => `${randomBytes(KEY_BYTES).toString('base64url')}\n`, 0o600)).trim()
