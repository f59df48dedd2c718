import { serveHost } from '../supervision/serve-host.ts'
import type { PocketSphinx } from './find.ts'
import { loadRecogniser } from './recogniser.ts'

/** An engine process that runs PocketSphinx for each part. Started by `pocketSphinxHosts`, never imported. */
serveHost<PocketSphinx>(loadRecogniser)
