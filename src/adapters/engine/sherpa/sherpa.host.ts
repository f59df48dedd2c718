import { serveHost } from '../supervision/serve-host.ts'
import { loadRecogniser, type SherpaConfig } from './recogniser.ts'

/** An engine process that recognises with sherpa-onnx. Started by `sherpaHosts`, never imported. */
serveHost<SherpaConfig>(loadRecogniser)
