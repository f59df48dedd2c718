import { DownloaderError } from '../../../ports/downloader.ts'

export interface SignedSums {
  /** `SHA2-256SUMS`, as `sha256sum` prints it. */
  sums: Buffer
  /** `SHA2-256SUMS.sig`, detached. */
  signature: Buffer
}

/**
 * The SHA-256 of a release's file, hex, from a list that `key` has signed.
 * @param key armored public key
 * @throws DownloaderError
 */
export async function signedHash(
  { sums, signature }: SignedSums,
  key: string,
  file: string,
): Promise<string> {
  // It takes a while to load, and is needed once a day.
  const openpgp = await import('openpgp')
  try {
    await openpgp.verify({
      message: await openpgp.createMessage({ binary: new Uint8Array(sums) }),
      signature: await openpgp.readSignature({ binarySignature: new Uint8Array(signature) }),
      verificationKeys: await openpgp.readKey({ armoredKey: key }),
      expectSigned: true,
    })
  } catch (cause) {
    throw new DownloaderError(
      'the release of yt-dlp is not signed with the key of its makers: it was not taken',
      { cause },
    )
  }
  for (const line of sums.toString('utf8').split('\n')) {
    const [, hash, name] = /^([\da-f]{64}) [ *](.+)$/.exec(line.trimEnd()) ?? []
    if (hash && name === file) return hash
  }
  throw new DownloaderError(`the release of yt-dlp has no ${file}`)
}
